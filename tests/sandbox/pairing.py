"""Compare a response of a sandbox with the recorded response, and pair the new IDs with the recorded IDs."""

from __future__ import annotations

import json
import re
from typing import Any

from ..differences import differences
from .recorded_shop import JSON

ID = (
    r"\b[a-z]+_[0-9A-HJKMNP-TV-Z]{26}(?![0-9A-Za-z])|\bpi_\d+(?![0-9A-Za-z])"
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b"
)
TIME = r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
JWT = r"eyJ[\w-]+\.[\w-]+\.[\w-]+"


class Pairing:
    """Compares a response with the recorded response, and pairs the new IDs with the recorded IDs."""

    def __init__(self, ids: dict[str, str], known: set[str], times: set[str]) -> None:
        self.ids = dict(ids)
        self.known = set(known)
        self._recorded_times = times
        self._recorded = {ours: real for real, ours in ids.items()}

    def differences(self, ours: Any, real: Any, has_order: bool) -> list[str]:
        ours, real = (self._sorted(_cleaned(each), has_order) for each in (self._as_recorded(ours), real))
        return differences(self._paired(ours, real), real)

    def _as_recorded(self, value: Any) -> Any:
        """Replace the IDs of the sandbox by the recorded IDs, if they are already paired."""
        if isinstance(value, dict):
            result = {name: self._as_recorded(each) for name, each in value.items()}
            number = value.get("display_id")
            if isinstance(number, int) and f"{number}" in self._recorded:
                result["display_id"] = int(self._recorded[f"{number}"].removeprefix("display_id "))
            return result
        if isinstance(value, list):
            return [self._as_recorded(each) for each in value]
        if isinstance(value, str):
            return re.sub(ID, lambda found: self._recorded.get(found[0], found[0]), value)
        return value

    def _sorted(self, value: Any, has_order: bool) -> Any:
        """Sort the lists, because PostgreSQL sends their rows in any order."""
        if isinstance(value, dict):
            return {name: self._sorted(each, has_order and isinstance(each, list)) for name, each in value.items()}
        if not isinstance(value, list):
            return value
        rows = [self._sorted(each, False) for each in value]
        if has_order or not all(isinstance(row, dict) for row in rows):
            return rows
        return sorted(rows, key=lambda row: (self._without_new(row), str(row.get("id"))))

    def _without_new(self, row: JSON) -> str:
        text = re.sub(TIME, "", json.dumps(row, sort_keys=True))
        return re.sub(ID, lambda found: found[0] if found[0] in self.known else found[0].partition("_")[0], text)

    def _paired(self, ours: Any, real: Any, name: str = "") -> Any:
        """Return our value, in which equivalent new IDs, times and tokens are replaced by the recorded ones."""
        if isinstance(ours, dict) and isinstance(real, dict):
            first = sorted(ours, key=lambda key: key != "id")
            paired = {key: self._paired(ours[key], real[key], key) if key in real else ours[key] for key in first}
            return {key: paired[key] for key in ours}
        if isinstance(ours, list) and isinstance(real, list) and len(ours) == len(real):
            return [self._paired(our, their) for our, their in zip(ours, real, strict=True)]
        if name == "display_id" and type(ours) is type(real) and f"display_id {real}" not in self.ids:
            self.ids[f"display_id {real}"] = str(ours)
            return real
        if not (isinstance(ours, str) and isinstance(real, str)) or ours == real:
            return ours
        return self._text_paired(ours, real)

    def _text_paired(self, ours: str, real: str) -> str:
        for pattern in (ID, TIME, JWT):
            mine, theirs = re.findall(pattern, ours), re.findall(pattern, real)
            if len(mine) != len(theirs) or re.sub(pattern, "", ours) != re.sub(pattern, "", real):
                continue
            for one, other in zip(mine, theirs, strict=True):
                if (pattern != ID and one not in self._recorded_times) or (pattern == ID and self._pair(one, other)):
                    ours = ours.replace(one, other)
        return ours

    def _pair(self, one: str, other: str) -> bool:
        """Pair the sandbox's ID with the recorded ID. Return whether they are a pair."""
        is_new = other not in self.known and one not in self._recorded
        if self.ids.get(other) != one and not (is_new and _shape(one) == _shape(other)):
            return False
        self.ids[other] = one
        self._recorded[one] = other
        self.known.add(other)
        return True


def _shape(id: str) -> str:
    """Return the prefix of an ID. For a UUID or the code of a gift card, return the positions of the hyphens."""
    return id.partition("_")[0] if "_" in id else re.sub(r"\w", "x", id)


def _cleaned(value: Any) -> Any:
    """Return a response without the stack trace of an error page."""
    if isinstance(value, dict):
        return {**value, "body": _cleaned(value["body"])} if isinstance(value.get("body"), str) else value
    return re.sub(r"<br>.*</pre>", "</pre>", value, flags=re.DOTALL)
