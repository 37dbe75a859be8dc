"""What to install for the parts of the package that need more than its four dependencies."""

from __future__ import annotations

from typing import NoReturn


def explain_missing(error: ModuleNotFoundError, part: str, requirement: str) -> NoReturn:
    """Raise a `ModuleNotFoundError` that says what to install for this part of the package.

    Raises `error` itself where it is a module of this package that is missing.
    """
    missing = (error.name or "").partition(".")[0]
    if missing == "medusa":
        raise error
    raise ModuleNotFoundError(f"{part} needs {missing}: pip install '{requirement}'", name=error.name) from error
