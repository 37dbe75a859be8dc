"""Write release/api.txt, the public API with one line per name. `make api` runs this module.

The names in the `__all__` of a module are public, and so are the attributes of public classes. griffe reads the source.
Names that `medusa` exports are listed with their path in `medusa`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe

from medusa._names import HOMES

from . import ROOT
from .names import OF_EXTRAS

SNAPSHOT = ROOT / "release" / "api.txt"


def public_api() -> str:
    """Return the text that api.txt must contain."""
    return "\n".join(line for path, thing in public().items() for line in _lines(path, thing)) + "\n"


def public() -> dict[str, griffe.Object]:
    """Return all public objects, by the path from which users import them."""
    package = griffe.load("medusa", search_paths=[ROOT], allow_inspection=False)
    homes = {f"medusa.{name}": f"{home}.{name}" for name, home in HOMES.items()}
    homes |= {f"medusa.{path}": path for part in OF_EXTRAS for path in _exported(package[Path(part).stem])}
    homes["medusa.__version__"] = "__version__"
    return {path: _target(package[home]) for path, home in homes.items()}


def _target(thing: griffe.Object | griffe.Alias) -> griffe.Object:
    return thing.final_target if isinstance(thing, griffe.Alias) else thing


def _exported(module: griffe.Object | griffe.Alias) -> Iterator[str]:
    """Yield the paths, within the package, of the names in the `__all__` of a module and of the modules below it."""
    if not module.is_alias and module.is_module:
        yield from (f"{module.path}.{name}".removeprefix("medusa.") for name in module.exports or ())
        for _, member in sorted(module.members.items()):
            yield from _exported(member)


def _lines(path: str, thing: griffe.Object) -> Iterator[str]:
    if isinstance(thing, griffe.Class):
        bases = ", ".join(str(base) for base in thing.bases)
        yield f"class {path}({bases})" if bases else f"class {path}"
        for name, member in thing.members.items():
            if not name.startswith("_") or name in ("__init__", "__enter__", "__exit__"):
                yield from _lines(f"{path}.{name}", _target(member))
    elif isinstance(thing, griffe.Function):
        kinds = sorted(thing.labels & {"classmethod", "staticmethod"})
        yield " ".join(["def", *kinds, path + thing.signature().removeprefix(thing.name)])
    elif isinstance(thing, griffe.Attribute):
        annotation = f": {thing.annotation}" if thing.annotation else ""
        yield f"{'property ' if 'property' in thing.labels else ''}{path}{annotation}{_value(thing)}"


def _value(attribute: griffe.Attribute) -> str:
    """Return the value of a constant. For a model's field, return only that a response may leave the field out."""
    if str(attribute.value).startswith("field("):
        return " = field(...)"
    set_by_init = attribute.labels == {"instance-attribute"}
    return "" if attribute.value is None or set_by_init or attribute.name == "__version__" else f" = {attribute.value}"


if __name__ == "__main__":
    SNAPSHOT.write_text(public_api())
