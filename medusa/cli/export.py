"""Many orders into a file of JSON lines, by several threads, resumable: the file itself says what is done."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import click
from rich.console import Console

from .. import MedusaDecodeError, MedusaError, MedusaNotFoundError, Order
from ..resources.paths import path_segment
from .jsonl import append_to, line_of, progress_bar
from .receipt import plain
from .streams import write_error

GIVES_UP_AFTER = 50
"""Failures in a row after which the backend is taken for down, not found ones aside."""


def read_ids(lines: BinaryIO) -> list[str]:
    """The ids in these lines, each once. Raises `click.BadParameter` for a line that can't be one."""
    ids: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        try:
            id = line.decode("utf-8-sig").strip()
            if id:
                path_segment("the id", id)
                ids[id] = None
        except ValueError as error:
            raise click.BadParameter(f"line {number}: {error}", param_hint="'--ids-from'") from None
    return list(ids)


def write_orders(ids: list[str], output: Path, threads: int, retrieve: Callable[[str], Order]) -> MedusaError | None:
    """Append each order that the file does not hold yet, as one line.

    Returns the first error, one that could go away rather than that an order was not found. The main thread alone
    writes, a whole line at a time, so that only a kill can cut the last one short; the next run mends it. At most
    two orders for each thread are in memory.
    """
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    say = console.print if console.is_terminal else write_error  # the former keeps the progress bar below
    failure: MedusaError | None = None
    absence: MedusaError | None = None
    not_found: list[str] = []
    written = in_a_row = 0
    with append_to(output, "orders") as (file, done):
        todo = [id for id in ids if id not in done]
        try:
            with progress_bar(console) as progress:
                bar = progress.add_task("", total=len(ids), completed=len(ids) - len(todo))
                for id, outcome in _outcomes(todo, threads, retrieve):
                    progress.advance(bar)
                    if isinstance(outcome, bytes):
                        file.write(outcome)
                        file.flush()
                        written, in_a_row = written + 1, 0
                    elif isinstance(outcome, MedusaNotFoundError):
                        absence = absence or outcome
                        not_found.append(id)
                    else:
                        failure = failure or outcome
                        say(plain(f"medusa: {id}: {outcome}"))
                        in_a_row += _says_something_of_the_backend(outcome)
                        if in_a_row == GIVES_UP_AFTER:
                            say(f"medusa: gave up after {GIVES_UP_AFTER} failures in a row")
                            break
        finally:
            for id in not_found:
                say(plain(f"medusa: {id}: not found"))
            left = len(todo) - written - len(not_found)
            say(
                f"medusa: {written} written, {len(ids) - len(todo)} there before,"
                f" {len(not_found)} not found, {left} left" + ("; run the same command again for those" if left else "")
            )
    return failure or absence


def _says_something_of_the_backend(error: MedusaError) -> bool:
    """Whether other orders may fail in the same way: not where JSON came that no order can be made of."""
    if not isinstance(error, MedusaDecodeError):
        return True
    return error.response is not None and "json" not in error.response.headers.get("Content-Type", "")


def _outcomes(
    ids: list[str], threads: int, retrieve: Callable[[str], Order]
) -> Iterator[tuple[str, bytes | MedusaError]]:
    """Each id with its line or its error, as they come.

    The threads are daemons: whoever stops listening, by Ctrl-C say, does not wait for an answer under way.
    """
    waiting, lock = iter(ids), threading.Lock()
    outcomes: queue.Queue[tuple[str, bytes | BaseException] | None] = queue.Queue(maxsize=threads)

    def work() -> None:
        while True:
            with lock:
                id = next(waiting, None)
            if id is None:
                outcomes.put(None)
                return
            try:
                outcomes.put((id, _line(id, retrieve(id))))
            except RecursionError:
                outcomes.put(
                    (id, MedusaDecodeError("GET /store/orders/{id} answered with JSON that is nested too deeply"))
                )
            except BaseException as error:  # to be raised in the main thread, if it is none of ours
                outcomes.put((id, error))

    threads = min(threads, len(ids))
    for _ in range(threads):
        threading.Thread(target=work, daemon=True).start()
    while threads:
        outcome = outcomes.get()
        if outcome is None:
            threads -= 1
        elif isinstance(outcome[1], (bytes, MedusaError)):
            yield cast("tuple[str, bytes | MedusaError]", outcome)
        else:
            raise outcome[1]


def _line(id: str, order: Order) -> bytes:
    body = order.to_dict()
    if body.get("id") != id:  # the next run would not know that it has this one
        raise MedusaDecodeError("GET /store/orders/{id} answered with another order")
    return line_of(body)
