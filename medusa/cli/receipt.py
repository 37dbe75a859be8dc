"""Format an order as a receipt for a terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

# format_amount imports Babel on first use. Importing it here makes the command report a missing extra at the start.
import babel  # noqa: F401  # pyright: ignore[reportUnusedImport]
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from .. import Address, Fulfillment, Model, Order, TrackingLink, is_loaded
from ..contrib.money import format_amount

# A receipt is in English. With `%B`, strftime would use the locale of the process.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_JOINERS = "\u200c\u200d"  # These occur within emoji and in Persian and Indic words. They are safe on a terminal.


def plain(text: object) -> str:
    """Return a text from the backend as one line without control characters, so that it is safe on a terminal."""
    kept = (c if c.isprintable() or c in _JOINERS else " " if c.isspace() or c < "\xa0" else "" for c in str(text))
    return " ".join("".join(kept).split())


def receipt(order: Order) -> RenderableType:
    """Return the order's items, totals, shipments and address for printing. Fields that are not loaded are omitted."""
    parts = [_head(order), _items(order), _sums(order), _shipments(order), _ship_to(order)]
    shown = [Padding(part, (0, 0, 1, 0)) for part in parts if part is not None]
    return Group(*shown)


def _head(order: Order) -> RenderableType | None:
    lines: list[Text] = []
    if number := _loaded(order, "display_id"):
        lines.append(Text(f"Order #{number}", style="bold"))
    if created := _loaded(order, "created_at"):
        lines.append(Text(f"{_date(created)}, {_in_utc(created):%H:%M %Z}"))
    lines.append(Text(plain(order.id) if is_loaded(order, "id") else "", style="dim"))
    statuses = [
        f"{name}{plain(status).replace('_', ' ')}"
        for name, status in {
            "": _loaded(order, "status"),
            "payment ": _loaded(order, "payment_status"),
            "delivery ": _loaded(order, "fulfillment_status"),
        }.items()
        if status
    ]
    lines.append(Text(" · ".join(statuses)))
    return Group(*filter(None, lines)) if any(lines) else None


def _items(order: Order) -> RenderableType | None:
    items = _loaded(order, "items")
    if not items:
        return None
    table = _grid(header=True)
    table.add_column("Qty", justify="right", no_wrap=True)
    table.add_column("Item", ratio=1, overflow="fold")
    currency = _currency(order)
    if currency:
        table.add_column("Unit price", justify="right", no_wrap=True)
        table.add_column("Total", justify="right", no_wrap=True)
    for item in items:
        quantity, price = _loaded(item, "quantity"), _loaded(item, "unit_price")
        title = Text(plain(_loaded(item, "title") or ""))
        if description := _loaded(item, "description"):
            title.append(f"\n{plain(description)}", style="dim")
        cells = [Text("" if quantity is None else str(quantity)), title]
        if currency:
            cells.append(_money(price, currency))
            cells.append(_money(None if None in (quantity, price) else quantity * price, currency))
        table.add_row(*cells)
    if any(_loaded(item, "includes_tax") for item in items):
        return Group(table, Text("Prices of items include tax; the subtotal does not.", style="dim"))
    return table


def _sums(order: Order) -> RenderableType | None:
    currency = _currency(order)
    if not currency:
        return None
    codes = ", ".join(
        plain(discount.code) for discount in _loaded(order, "discounts") or () if _loaded(discount, "code")
    )
    ways = ", ".join(
        plain(method.shipping_option.name)
        for method in _loaded(order, "shipping_methods") or ()
        if _loaded(method, "shipping_option") and _loaded(method.shipping_option, "name")
    )
    rows = {
        "Subtotal": _loaded(order, "subtotal"),
        f"Discount ({codes})" if codes else "Discount": -(_loaded(order, "discount_total") or 0) or None,
        f"Shipping ({ways})" if ways else "Shipping": _loaded(order, "shipping_total"),
        "Tax": _loaded(order, "tax_total"),
        "Gift cards": -(_loaded(order, "gift_card_total") or 0) or None,
        "Total": _loaded(order, "total"),
        "Refunded": _loaded(order, "refunded_total") or None,
    }
    table = _grid()
    table.add_column(ratio=1, justify="right", overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for name, amount in rows.items():
        if amount is not None:
            table.add_row(name, _money(amount, currency), style="bold" if name == "Total" else "")
    return Group(Rule(style="dim"), table) if table.row_count else None


def _shipments(order: Order) -> RenderableType | None:
    shipments = _loaded(order, "fulfillments")
    if not shipments:
        return None
    lines = [Text("Shipments", style="bold")]
    for number, shipment in enumerate(shipments, 1):
        lines.append(Text(f"{number}. {_progress(shipment)}"))
        links: list[TrackingLink] = _loaded(shipment, "tracking_links") or []
        tracking = {_loaded(link, "tracking_number"): _loaded(link, "url") for link in links}
        for code in [*tracking, *(_loaded(shipment, "tracking_numbers") or ())]:
            if code and (shown := Text(f"   {plain(code)}")) not in lines:
                lines.append(shown)
                if url := tracking.get(code):
                    lines.append(Text(f"   {plain(url)}"))
    return Group(*lines)


def _progress(shipment: Fulfillment) -> str:
    for state, field in {"canceled": "canceled_at", "shipped": "shipped_at", "packed": "created_at"}.items():
        if moment := _loaded(shipment, field):
            return f"{state} {_date(moment)}"
    return "packed"


def _ship_to(order: Order) -> RenderableType | None:
    address: Address | None = _loaded(order, "shipping_address")
    if address is None:
        return None
    country = _loaded(address, "country_code")
    lines = [
        _joined(address, "first_name", "last_name"),
        _joined(address, "company"),
        _joined(address, "address_1"),
        _joined(address, "address_2"),
        _joined(address, "postal_code", "city"),
        _joined(address, "province"),
        plain(country).upper() if country else "",
    ]
    return Group(Text("Ship to", style="bold"), *(Text(line) for line in lines if line))


def _joined(address: Address, *fields: str) -> str:
    return " ".join(plain(value) for field in fields if (value := _loaded(address, field)))


def _loaded(model: Model, field: str) -> Any:
    """Return the field, or None if it is not loaded. A receipt omits both."""
    return getattr(model, field) if is_loaded(model, field) else None


def _currency(order: Order) -> str | None:
    region = _loaded(order, "region")
    code = _loaded(order, "currency_code") or (_loaded(region, "currency_code") if region else None)
    # If the code is not valid, the number of digits is not known.
    return code if re.fullmatch("[A-Za-z]{3}", code or "") else None


def _money(amount: int | None, currency: str) -> Text:
    return Text("" if amount is None else format_amount(amount, currency))


def _in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC, or unchanged if its year would be out of range in UTC."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment


def _date(moment: datetime) -> str:
    moment = _in_utc(moment)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _grid(header: bool = False) -> Table:
    return Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, show_header=header, header_style="dim")
