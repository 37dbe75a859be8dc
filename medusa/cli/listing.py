"""All objects of a list as JSON lines, on the standard output or in a file that the next run continues."""

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
    """A list of the backend: the method that fetches a page, the one that goes through all, and their arguments."""

    name: str
    list_page: Method | None
    iterate: Method | None
    arguments: dict[str, Any]

    @classmethod
    def of(cls, medusa: Medusa, name: str, arguments: dict[str, Any]) -> Listing:
        """Return the list of the method with this name, which is `list...` or `iterate...`."""
        return cls(name, list_of(medusa, name), iterate_of(medusa, name), arguments)

    @property
    def start(self) -> int:
        """How many objects the user skips."""
        start: int = self.arguments.get("start", 0)
        return start

    def objects(self, skipped: int = 0) -> Iterator[dict[str, Any]]:
        """Return an iterator over the objects, of which it skips so many more."""
        if self.iterate:
            return (each.to_dict() for each in self.iterate(**{**self.arguments, "start": self.start + skipped}))
        assert self.list_page
        body: dict[str, Any] = self.list_page(**self.arguments).to_dict()
        lists: list[list[dict[str, Any]]] = [value for value in body.values() if isinstance(value, list)]
        return iter(lists[0][skipped:])

    def objects_after(self, done: dict[str, None]) -> Iterator[dict[str, Any]]:
        """Yield the objects that are not among these, which were the first ones of the list.

        If the last of these is where it was, all others come after it.
        """
        if done:
            objects = self.objects(len(done) - 1)
            first = next(objects, None)
            if first and key_of(first) == next(reversed(done)):
                yield from objects
                return
        yield from (each for each in self.objects() if key_of(each) not in done)

    def count(self) -> int | None:
        """Ask how many objects there are, if the list is one of pages and tells."""
        if not self.iterate or not self.list_page:
            return None
        arguments = {name: self.arguments[name] for name in parameters_of(self.list_page) if name in self.arguments}
        page: Result = self.list_page(**{**arguments, "query": {**arguments.get("query", {}), "limit": 1}})
        count: Any = page.to_dict().get("count")
        return max(count - self.start, 0) if isinstance(count, int) else None


def selecting_id(arguments: dict[str, Any]) -> dict[str, Any]:
    """These arguments with `id` among the fields, by which the next run knows what a file has."""

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
    """Append each object that the file does not hold yet as a line, and say how many those were."""
    written, is_complete = 0, False
    with append_to(output, listing.name) as (file, done):
        there_before = len(done)
        try:
            for body in _shown(listing, listing.objects_after(done), done=there_before, is_shown=True):
                if key_of(body) is None:
                    raise click.ClickException("the objects have no id, by which the next run knows what it has")
                file.write(line_of(body))
                file.flush()
                written += 1
            is_complete = True
        finally:
            rest = "" if is_complete else "; run the same command again for the rest"
            write_error(f"medusa: {written} written, {there_before} there before{rest}")


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
