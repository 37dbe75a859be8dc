"""A short description of the differences between two JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_LONGEST = 120
_MISSING = object()


def differences(ours: Any, real: Any) -> list[str]:
    """Return one line for each path at which the sandbox's value differs from the real backend's value."""
    return list(_differences("", ours, real))


def _differences(path: str, ours: Any, real: Any) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(real, dict):
        for key in {**real, **ours}:
            yield from _differences(f"{path}.{key}".lstrip("."), ours.get(key, _MISSING), real.get(key, _MISSING))
    elif isinstance(ours, list) and isinstance(real, list) and len(ours) == len(real):
        for number, (our, their) in enumerate(zip(ours, real, strict=True)):
            yield from _differences(f"{path}[{number}]", our, their)
    elif type(ours) is not type(real) or ours != real:
        yield f"{path}: sandbox {_shown(ours)}, real {_shown(real)}"


def _shown(value: Any) -> str:
    if value is _MISSING:
        return "nothing"
    if isinstance(value, list) and len(json.dumps(value)) > _LONGEST:
        return f"a list of {len(value)}"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
