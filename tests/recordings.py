"""The responses of a real backend.

`corpus/store-routes.jsonl.gz` and `corpus/admin-routes.jsonl.gz` contain one exchange per line.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from .conftest import CORPUS


def exchanges() -> dict[str, dict[str, Any]]:
    """Return every exchange of the Store routes by its case."""
    return _read("store-routes.jsonl.gz")


def admin_exchanges() -> dict[str, dict[str, Any]]:
    """Return every exchange of the Admin routes by its case."""
    return _read("admin-routes.jsonl.gz")


@cache
def _read(name: str) -> dict[str, dict[str, Any]]:
    lines = gzip.decompress((CORPUS / name).read_bytes()).splitlines()
    return {exchange["case"]: exchange for exchange in map(json.loads, lines)}


def exchange(case: str) -> dict[str, Any]:
    """Return the exchange of the Store routes with this case."""
    return exchanges()[case]
