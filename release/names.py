"""Write medusa/_names.py, which says where each public name is defined. `make api` runs this module.

The names come from the `__all__` of each module.
"""

from __future__ import annotations

import ast
from pathlib import Path

from . import ROOT

PACKAGE = ROOT / "medusa"
WRITTEN = PACKAGE / "_names.py"
OF_EXTRAS = ("cli", "contrib", "sandbox", "pytest_plugin.py")
"""The parts that users import by their own names, such as `medusa.sandbox`. `medusa` exports none of their names."""


def names_module() -> str:
    """Return the text that the module must contain."""
    homes: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda path: [part.lstrip("_") for part in path.parts]):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for name in _exported(path):
            if name in homes:
                raise SystemExit(f"medusa.{homes[name]} and medusa.{module} both define {name}")
            homes[name] = module
    lines = [
        '"""Where each public name is defined. `make api` writes this module from the `__all__` of each other one."""',
        "",
        "from typing import TYPE_CHECKING",
        "",
        "if TYPE_CHECKING:",
        *(f"    from .{module} import *" for module in sorted(set(homes.values()))),
        "",
        "__all__ = [",
        *(f'    "{name}",' for name in homes),
        "]",
        "",
        "HOMES = {",
        *(f'    "{name}": "{homes[name]}",' for name in homes),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _exported(path: Path) -> list[str]:
    """Return the names in the `__all__` of a module."""
    if path.relative_to(PACKAGE).parts[0] in OF_EXTRAS or path.name in ("__init__.py", WRITTEN.name):
        return []
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(statement.value)
            return names
    return []


if __name__ == "__main__":
    WRITTEN.write_text(names_module())
