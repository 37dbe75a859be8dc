"""Write all objects of a list as JSON lines, to the standard output or to a file that the next run continues."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from .. import Medusa, Result
from .hints import parameters_of
from .jsonl import append_to, key_of, line_of, progress_bar
from .methods import Method, iterate_of, list_of
from .streams import write_error


@dataclass(frozen=True)
class Listing:
    """A list of the backend: the method for one page, the method for all pages, and their arguments."""

    name: str
    list_page: Method | None
    iterate: Method | None
    arguments: dict[str, Any]

    @classmethod
    def of(cls, medusa: Medusa, name: str, arguments: dict[str, Any]) -> Listing:
        """Return the list of the method with this name. The name must be that of a `list` or `iterate` method."""
        return cls(name, list_of(medusa, name), iterate_of(medusa, name), arguments)

    @property
    def start(self) -> int:
        """How many objects the user wants to skip."""
        start: int = self.arguments.get("start", 0)
        return start

    def objects(self, skipped: int = 0) -> Iterator[dict[str, Any]]:
        """Return an iterator over the objects, without the first `skipped` ones."""
        if self.iterate:
            return (each.to_dict() for each in self.iterate(**{**self.arguments, "start": self.start + skipped}))
        assert self.list_page
        body: dict[str, Any] = self.list_page(**self.arguments).to_dict()
        lists: list[list[dict[str, Any]]] = [value for value in body.values() if isinstance(value, list)]
        return iter(lists[0][skipped:])

    def objects_after(self, done: dict[str, None]) -> Iterator[dict[str, Any]]:
        """Yield the objects that are not in `done`. `done` has the keys of the first objects of the list.

        If the last object in `done` is still at the same place of the list, only the objects after it are requested.
        """
        if done:
            objects = self.objects(len(done) - 1)
            first = next(objects, None)
            if first and key_of(first) == next(reversed(done)):
                yield from objects
                return
        yield from (each for each in self.objects() if key_of(each) not in done)

    def count(self) -> int | None:
        """Request the number of objects. Return None if the list has no pages or no count."""
        if not self.iterate or not self.list_page:
            return None
        arguments = {name: self.arguments[name] for name in parameters_of(self.list_page) if name in self.arguments}
        page: Result = self.list_page(**{**arguments, "query": {**arguments.get("query", {}), "limit": 1}})
        count: Any = page.to_dict().get("count")
        return max(count - self.start, 0) if isinstance(count, int) else None


def selecting_id(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with `id` added to the fields. The next run needs the IDs to continue the file."""

    def with_id(fields: Any) -> Any:
        return f"id,{fields}" if isinstance(fields, str) and "id" not in fields.split(",") else fields

    selecting = {name: with_id(value) if name == "fields" else value for name, value in arguments.items()}
    if "fields" in arguments.get("query", {}):
        selecting["query"] = {**arguments["query"], "fields": with_id(arguments["query"]["fields"])}
    return selecting


def write_to_stdout(listing: Listing) -> None:
    """Write each object as a line on the standard output."""
    for body in _shown(listing, listing.objects(), done=0, is_shown=not sys.stdout.isatty()):
        click.echo(line_of(body), nl=False)


def write_to_file(listing: Listing, output: Path) -> None:
    """Append each object that is not in the file yet as a line, and print how many were written."""
    written, is_complete = 0, False
    with append_to(output, listing.name) as (file, done):
        there_before = len(done)
        try:
            for body in _shown(listing, listing.objects_after(done), done=there_before, is_shown=True):
                if key_of(body) is None:
                    raise click.ClickException("cannot write to a file, because the objects have no ID: omit --output")
                file.write(line_of(body))
                file.flush()
                written += 1
            is_complete = True
        finally:
            rest = "" if is_complete else "; run the same command again to continue"
            write_error(f"medusa: {written} written, {there_before} already in the file{rest}")


def _shown(
    listing: Listing, objects: Iterator[dict[str, Any]], done: int, *, is_shown: bool
) -> Iterator[dict[str, Any]]:
    """Yield the objects, with a progress bar on a terminal."""
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    if not is_shown or not console.is_terminal:
        yield from objects
        return
    with progress_bar(console) as progress:
        bar = progress.add_task("", total=listing.count(), completed=done)
        for body in objects:
            yield body
            progress.advance(bar)
