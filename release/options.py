"""Write medusa/_options.py, the type of a dict of options. `make api` runs this module.

The options come from the classes of medusa/options.py.
"""

from __future__ import annotations

import ast

from . import ROOT

SOURCE = ROOT / "medusa" / "options.py"
WRITTEN = ROOT / "medusa" / "_options.py"

HEAD = '''"""The type of a dict of options. `make api` writes this module from `options.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    import requests
    from urllib3.util import Retry

    from .models.base import Model

__all__ = ["Options"]


class Options(TypedDict, total=False):
    """The options of `Medusa` in a dict: `Medusa(**options)`. `ClientOptions` describes them."""

'''


def options_module() -> str:
    """Return the text that the module must contain."""
    classes = [each for each in ast.parse(SOURCE.read_text()).body if isinstance(each, ast.ClassDef)]
    fields = [
        f"    {ast.unparse(each.target)}: {ast.unparse(each.annotation)}\n"
        for cls in classes
        for each in cls.body
        if isinstance(each, ast.AnnAssign) and each.value is not None
    ]
    return HEAD + "".join(fields)


if __name__ == "__main__":
    WRITTEN.write_text(options_module())
