"""The public API as a text, a line for each name: `make api` writes release/api.txt, tests/test_package.py compares.

Public is what a module lists in `__all__`, with the attributes of its classes; griffe reads it from the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe

ROOT = Path(__file__).parent.parent
SNAPSHOT = ROOT / "release" / "api.txt"
ALSO = ["medusa.client.CopyOptions"]  # the keyword arguments of a public method


def public_api() -> str:
    """The text that api.txt must hold."""
    package = griffe.load("medusa", search_paths=[ROOT], allow_inspection=False)
    paragraphs: list[list[str]] = []
    for module in [package, *_modules(package)]:
        for name in module.exports or ():
            paragraphs.append(list(_lines(f"{module.path}.{name}", module[str(name)])))
    for path in ALSO:
        paragraphs.append(list(_lines(path, package[path.removeprefix("medusa.")])))
    return "\n".join(line for paragraph in paragraphs for line in paragraph) + "\n"


def _modules(module: griffe.Object | griffe.Alias) -> Iterator[griffe.Object | griffe.Alias]:
    for name, member in sorted(module.members.items()):
        if not member.is_alias and member.is_module and module.path + "." + name != "medusa.models":  # medusa's own
            yield member
            yield from _modules(member)


def _lines(path: str, thing: griffe.Object | griffe.Alias) -> Iterator[str]:
    if isinstance(thing, griffe.Alias):
        thing = thing.final_target
    if isinstance(thing, griffe.Class):
        bases = ", ".join(str(base) for base in thing.bases)
        yield f"class {path}({bases})" if bases else f"class {path}"
        for name, member in thing.members.items():
            if not name.startswith("_") or name in ("__init__", "__enter__", "__exit__"):
                yield from _lines(f"{path}.{name}", member)
    elif isinstance(thing, griffe.Function):
        kinds = sorted(thing.labels & {"classmethod", "staticmethod"})
        yield " ".join(["def", *kinds, path + thing.signature().removeprefix(thing.name)])
    elif isinstance(thing, griffe.Attribute):
        annotation = f": {thing.annotation}" if thing.annotation else ""
        yield f"{'property ' if 'property' in thing.labels else ''}{path}{annotation}{_value(thing)}"


def _value(attribute: griffe.Attribute) -> str:
    """The value of a constant; of a model's field only that an answer may leave it out."""
    if str(attribute.value).startswith("field("):
        return " = field(...)"
    set_by_init = attribute.labels == {"instance-attribute"}
    return "" if attribute.value is None or set_by_init or attribute.name == "__version__" else f" = {attribute.value}"


if __name__ == "__main__":
    SNAPSHOT.write_text(public_api())
