"""Creates many orders quickly, by copying the rows of an order in the database of a real Medusa."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

BACKEND = Path(__file__).parent.parent.parent / "backend"
RUN_STATEMENTS = """
const { Client } = require("pg");
(async () => {
  const [url, ...statements] = process.argv.slice(1);
  const client = new Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
})().catch((error) => { console.error(error); process.exit(1); });
"""
OF_AN_ITEM = ("line_item_tax_line", "line_item_adjustment")
OF_A_SHIPPING_METHOD = ("shipping_method_tax_line",)
OF_AN_ORDER = ("line_item", "shipping_method", "payment")


def copy_order(backend: dict[str, Any], id: str, count: int, first_day: str) -> None:
    """Copy an order `count` times, with its items, shipping and payment.

    In the copies, one order is placed per minute, from the start of `first_day`.
    """
    order = f"'order_id', '{id}-' || n, 'cart_id', NULL"
    placed_at = f"'created_at', '{first_day}'::timestamptz + n * interval '1 minute'"
    changes = f"'cart_id', NULL, 'display_id', nextval('order_display_id_seq'), {placed_at}"
    statements = [_copies("order", f"original.id = '{id}'", changes, count)]
    statements += [_copies("order_discounts", f"original.order_id = '{id}'", f"'order_id', '{id}-' || n", count)]
    statements += [_copies(table, f"original.order_id = '{id}'", order, count) for table in OF_AN_ORDER]
    for parent, tables in ("line_item", OF_AN_ITEM), ("shipping_method", OF_A_SHIPPING_METHOD):
        column = parent.removeprefix("line_") + "_id"
        which = f"original.{column} IN (SELECT id FROM {parent} WHERE order_id = '{id}')"
        statements += [_copies(table, which, f"'{column}', original.{column} || '-' || n", count) for table in tables]
    run_statements(backend, *statements)


def delete_copies(backend: dict[str, Any]) -> None:
    """Delete all copies of orders, which are the only orders with a dash in their IDs.

    The database deletes the tax lines and adjustments of an item together with the item.
    """
    methods = "SELECT id FROM shipping_method WHERE order_id LIKE '%-%'"
    run_statements(
        backend,
        f"DELETE FROM shipping_method_tax_line WHERE shipping_method_id IN ({methods})",
        *[f"DELETE FROM {table} WHERE order_id LIKE '%-%'" for table in OF_AN_ORDER],
        """DELETE FROM "order" WHERE id LIKE '%-%'""",
    )


def run_statements(backend: dict[str, Any], *statements: str) -> None:
    """Run statements in the backend's database, with Medusa's own driver."""
    command = ["node", "-e", RUN_STATEMENTS, backend["database_url"], *statements]
    done = subprocess.run(command, cwd=BACKEND, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(done.stderr)


def _copies(table: str, which: str, changes: str, count: int) -> str:
    return f"""
        INSERT INTO "{table}" SELECT copy.* FROM "{table}" original, generate_series(1, {count}) n,
        jsonb_populate_record(
            original,
            to_jsonb(original) || jsonb_build_object('id', to_jsonb(original) ->> 'id' || '-' || n, {changes})
        ) copy
        WHERE {which}
    """
