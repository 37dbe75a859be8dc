"""The error for a part of the package that needs an optional dependency."""

from __future__ import annotations

from typing import NoReturn


def explain_missing(error: ModuleNotFoundError, part: str, requirement: str) -> NoReturn:
    """Raise a `ModuleNotFoundError` that says what to install for this part of the package.

    Raises `error` itself if the missing module is one of this package.
    """
    missing = (error.name or "").partition(".")[0]
    if missing == "medusa":
        raise error
    raise ModuleNotFoundError(f"{part} needs {missing}: pip install '{requirement}'", name=error.name) from error
