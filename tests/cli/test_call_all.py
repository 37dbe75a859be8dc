"""`medusa call ... --all` writes all pages of a list as JSON lines, and can be stopped and continued."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .command import Cli, exported, one_line, redirected, wait_for

ALL = ["call", "products.list", "--all", "--page-size", "10"]


class Shelf:
    """A backend with products, sorted by their IDs."""

    def __init__(self) -> None:
        self.ids = [f"prod_{number:04}" for number in range(95)]
        self.asked: list[dict[str, str]] = []
        self.fails_at: int | None = None
        """Pages that end after this offset fail."""
        self.delay = 0.0
        self.server = HTTPServer(threaded=True)
        self.server.expect_request(re.compile("")).respond_with_handler(self._answer)
        self.server.start()

    def _answer(self, request: Request) -> Response:
        time.sleep(self.delay)
        if request.path == "/store/return-reasons":
            return _json({"return_reasons": [{"id": id, "value": "x", "label": "X"} for id in ("rr_1", "rr_2")]})
        self.asked.append(dict(request.args))
        offset, limit = int(request.args.get("offset", 0)), int(request.args["limit"])
        if self.fails_at is not None and offset + limit > self.fails_at:
            return _json({"type": "unexpected_state", "message": "busy"}, 503)
        products = [{"id": id, "title": f"Product {id}"} for id in self.ids[offset : offset + limit]]
        return _json({"products": products, "count": len(self.ids), "offset": offset, "limit": limit})


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    shelf.server.stop()


@pytest.fixture
def all_of(shelf: Shelf, tmp_path: Path) -> Cli:
    return Cli(tmp_path, shelf.server.url_for("").rstrip("/"))


def test_all_pages_as_json_lines(shelf: Shelf, all_of: Cli) -> None:
    done = all_of(*ALL, "--query", "fields=title", "--query", "tags=a")
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == shelf.ids
    assert shelf.asked[0] == {"fields": "title", "tags[0]": "a", "order": "id", "limit": "10", "offset": "0"}
    same = all_of("call", "products.iterate", "--page-size", "10", "--start", "90")
    assert [json.loads(line)["id"] for line in same.stdout.splitlines()] == shelf.ids[90:]


def test_a_list_without_pages(shelf: Shelf, all_of: Cli, tmp_path: Path) -> None:
    done = all_of("call", "return_reasons.list", "--all")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["rr_1", "rr_2"]
    output = tmp_path / "reasons.jsonl"
    output.write_text('{"id": "rr_1"}\n')
    assert all_of("call", "return_reasons.list", "--all", "--output", str(output)).returncode == 0
    assert exported(output) == ["rr_1", "rr_2"]


def test_the_same_command_continues_after_a_failure(shelf: Shelf, all_of: Cli, tmp_path: Path) -> None:
    output = tmp_path / "products.jsonl"
    command = [*ALL, "--output", str(output), "--query", "fields=title"]
    shelf.fails_at = 45
    done = all_of(*command)
    assert (done.returncode, done.stdout) == (7, "")
    first, second = done.stderr.splitlines()
    assert re.fullmatch(r"medusa: \d\d written, 0 already in the file; run the same command again to continue", first)
    assert "returned 503" in second
    written = len(exported(output))
    assert 0 < written < 45
    assert shelf.asked[0]["fields"] == "id,title"

    shelf.fails_at, shelf.asked = None, []
    done = all_of(*command)
    assert (done.returncode, done.stderr) == (0, f"medusa: {95 - written} written, {written} already in the file\n")
    assert exported(output) == shelf.ids
    assert min(int(query["offset"]) for query in shelf.asked) == written - 1  # Pages in the file are not read again.

    before = output.read_bytes()
    assert all_of(*command).stderr == "medusa: 0 written, 95 already in the file\n"
    assert output.read_bytes() == before


def has_lines(file: Path, count: int) -> bool:
    return file.exists() and file.read_bytes().count(b"\n") >= count


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_the_same_command_continues_where_it_was_stopped(
    shelf: Shelf, all_of: Cli, tmp_path: Path, sent: signal.Signals
) -> None:
    output = tmp_path / "products.jsonl"
    command = ["call", "products.list", "--all", "--page-size", "1", "--output", str(output)]
    shelf.delay = 0.02
    process = all_of.start(*command)
    wait_for(partial(has_lines, output, 20))
    process.send_signal(sent)
    stderr = process.communicate(timeout=30)[1]
    assert process.returncode == (130 if sent == signal.SIGINT else -sent)
    assert "Traceback" not in stderr
    with output.open("ab") as file:
        file.write(b'{"id":"prod_cut sho')
    shelf.delay = 0
    assert all_of(*command).returncode == 0
    assert exported(output) == shelf.ids


def test_it_starts_again_where_the_list_has_moved(shelf: Shelf, all_of: Cli, tmp_path: Path) -> None:
    """If products before the last written one were deleted, no product is missed or written twice."""
    output = tmp_path / "products.jsonl"
    output.write_text("".join(f'{{"id":"{id}"}}\n' for id in shelf.ids[:40]))
    removed, shelf.ids = shelf.ids[:5], shelf.ids[5:]
    assert all_of(*ALL, "--output", str(output)).returncode == 0
    assert exported(output) == [*removed, *shelf.ids]


def test_a_file_that_is_no_export_is_left_alone(shelf: Shelf, all_of: Cli, tmp_path: Path) -> None:
    output = tmp_path / "products.jsonl"
    output.write_text("notes of mine\n")
    done = all_of(*ALL, "--output", str(output))
    assert (done.returncode, one_line(done)) == (1, f"medusa: {output} is not an export of products.list: see line 1")
    assert output.read_text() == "notes of mine\n"
    assert shelf.asked == []


def test_the_progress_bar_is_for_terminals(shelf: Shelf, all_of: Cli, tmp_path: Path) -> None:
    shelf.delay = 0.1
    code, shown = all_of.at_a_terminal(*ALL, "--output", str(tmp_path / "products.jsonl"))
    assert code == 0
    assert "/95" in shown
    assert "95 written, 0 already in the file" in shown
    shelf.delay, shelf.asked = 0, []
    code, shown = all_of.at_a_terminal(*ALL)  # Printed lines need no progress bar.
    assert code == 0
    assert [json.loads(line)["id"] for line in shown.splitlines()] == shelf.ids
    assert redirected(all_of, "| head -1", *ALL).stdout.count("\n") == 1
