"""What a real backend answered: corpus/store-routes.jsonl.gz and corpus/admin-routes.jsonl.gz, one exchange a line."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from .conftest import CORPUS


@cache
def exchanges() -> dict[str, dict[str, Any]]:
    """Every exchange with the Store by its case."""
    return _exchanges("store-routes.jsonl.gz")


@cache
def admin_exchanges() -> dict[str, dict[str, Any]]:
    """Every exchange with the Admin by its case."""
    return _exchanges("admin-routes.jsonl.gz")


def _exchanges(name: str) -> dict[str, dict[str, Any]]:
    lines = gzip.decompress((CORPUS / name).read_bytes()).splitlines()
    return {exchange["case"]: exchange for exchange in map(json.loads, lines)}


def exchange(case: str) -> dict[str, Any]:
    return exchanges()[case]
