"""Export many orders to a file of JSON lines with several threads. The next run continues the file."""

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
"""After this number of failures in a row, the export stops because the backend seems to be down. Orders that were not
found do not count."""


def read_ids(lines: BinaryIO) -> list[str]:
    """Return the IDs in these lines without duplicates. Raises `click.BadParameter` if a line is not a valid ID."""
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
    """Append each order that is not in the file yet as one line.

    Return the first error. An order that was not found counts only if there is no other error. Only the main thread
    writes, and it writes whole lines, so that only a killed process can leave an incomplete last line. The next run
    repairs it. At most two orders for each thread are in memory.
    """
    console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
    # `console.print` prints above the progress bar.
    say = console.print if console.is_terminal else write_error
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
                f"medusa: {written} written, {len(ids) - len(todo)} already in the file,"
                f" {len(not_found)} not found, {left} left"
                + ("; run the same command again to continue" if left else "")
            )
    return failure or absence


def _says_something_of_the_backend(error: MedusaError) -> bool:
    """Return whether other orders may fail in the same way. A JSON response that is not an order is an exception."""
    if not isinstance(error, MedusaDecodeError):
        return True
    return error.response is not None and "json" not in error.response.headers.get("Content-Type", "")


def _outcomes(
    ids: list[str], threads: int, retrieve: Callable[[str], Order]
) -> Iterator[tuple[str, bytes | MedusaError]]:
    """Yield each ID with its line or its error, in the order in which the responses are received.

    The threads are daemons, so that Ctrl-C does not wait for the responses to pending requests.
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
                outcomes.put((id, MedusaDecodeError("GET /store/orders/{id} returned JSON that is nested too deeply")))
            except BaseException as error:  # The main thread raises it if it is not a MedusaError.
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
    if body.get("id") != id:  # The next run would request this order again.
        raise MedusaDecodeError("GET /store/orders/{id} returned another order")
    return line_of(body)
