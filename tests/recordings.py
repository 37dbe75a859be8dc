"""What a real backend answered on the routes of the Store: corpus/store-routes.jsonl.gz, one exchange a line."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from .conftest import CORPUS


@cache
def exchanges() -> dict[str, dict[str, Any]]:
    """Every exchange by its case."""
    lines = gzip.decompress((CORPUS / "store-routes.jsonl.gz").read_bytes()).splitlines()
    return {exchange["case"]: exchange for exchange in map(json.loads, lines)}


def exchange(case: str) -> dict[str, Any]:
    return exchanges()[case]
