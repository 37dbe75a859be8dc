"""`medusa orders export` writes many orders to a file, and can be stopped and continued."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import threading
from functools import partial
from pathlib import Path

import pytest

from .command import Cli, Export, exported, one_line, wait_for
from .store import Store


def test_export(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(300)]
    ids.write_text("\ufeff" + "\r\n".join([*wanted, "", "  ", *wanted[:50]]))
    store.delay = 0.01
    done = shop(*command, "--threads", "5")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "medusa: 300 written, 0 already in the file, 0 not found, 0 left\n"
    assert sorted(exported(output)) == sorted(wanted)
    assert json.loads(output.read_text().splitlines()[0]) | {"id": ""} == store.order["order"] | {"id": ""}
    assert set(store.asked.values()) == {1}
    assert 1 < store.most_at_a_time <= 5

    before = output.read_bytes()
    done = shop(*command)
    assert done.stderr == "medusa: 0 written, 300 already in the file, 0 not found, 0 left\n"
    assert output.read_bytes() == before
    assert set(store.asked.values()) == {1}


def test_export_goes_on_after_failures(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(120)]
    store.failing = dict.fromkeys(wanted[::7], 503) | dict.fromkeys(wanted[3::40], 404)
    ids.write_text("\n".join(wanted))
    done = shop(*command)
    assert done.returncode == 7
    lines = done.stderr.splitlines()
    missing = [line for line in lines if line.endswith(": not found")]
    assert missing == lines[-1 - len(missing) : -1]
    assert {line.split(": ")[1] for line in missing} == {id for id, status in store.failing.items() if status == 404}
    failed = {id for id, status in store.failing.items() if status == 503}
    assert {line.split(": ")[1] for line in lines if "returned 503" in line} == failed
    assert lines[-1].endswith(f"{len(failed)} left; run the same command again to continue")

    store.failing = {id: status for id, status in store.failing.items() if status == 404}
    done = shop(*command)
    assert done.returncode == 3
    assert sorted(exported(output)) == sorted(set(wanted) - set(store.failing))
    assert all(store.asked[id] == 1 for id in wanted if id not in failed and id not in store.failing)


def test_export_gives_up_where_the_backend_is_down(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(500)]
    ids.write_text("\n".join(wanted))
    store.failing = dict.fromkeys(wanted[20:], 500)
    done = shop(*command)
    assert done.returncode == 7
    assert "medusa: gave up after 50 failures in a row\n" in done.stderr
    assert sum(store.asked.values()) < 100
    store.failing = {}
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == sorted(wanted)


def has_lines(file: Path, count: int) -> bool:
    return file.exists() and file.read_bytes().count(b"\n") >= count


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_export_continues_where_it_was_stopped(shop: Cli, store: Store, export: Export, sent: signal.Signals) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(200)]
    ids.write_text("\n".join(wanted))
    store.delay = 0.02
    for lines in (20, 70, 120):
        process = shop.start(*command)
        wait_for(partial(has_lines, output, lines))
        process.send_signal(sent)
        stderr = process.communicate(timeout=30)[1]
        if sent == signal.SIGINT:
            assert process.returncode == 130
            assert "Traceback" not in stderr
            assert stderr.rstrip().endswith("left; run the same command again to continue")
            exported(output)
        else:
            assert process.returncode == -sent
        whole = [json.loads(line)["id"] for line in output.read_bytes().split(b"\n")[:-1]]
        assert len(whole) >= lines
        asked = store.asked.copy()
        if lines == 120:
            assert shop(*command).returncode == 0
            assert all(store.asked[id] == asked[id] for id in whole)
    assert sorted(exported(output)) == sorted(wanted)


def test_export_continues_after_a_full_disk(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    wanted = [f"order_{number}" for number in range(60)]
    ids.write_text("\n".join(wanted))
    limited = subprocess.run(
        [*shop.command, *command],
        env=shop.environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (limited.returncode, limited.stderr.splitlines()[-1]) == (1, "medusa: File too large")
    assert output.stat().st_size == 100_000
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == sorted(wanted)


def test_ctrl_c_does_not_wait_for_answers_under_way(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("\n".join(f"order_{number}" for number in range(20)))
    store.delay = 25
    process = shop.start(*command)
    wait_for(lambda: sum(store.asked.values()) == 8)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert sum(store.answered.values()) == 0
    assert exported(output) == []


def test_a_line_cut_short_anywhere_is_mended(shop: Cli, store: Store, export: Export) -> None:
    ids, output, command = export
    ids.write_text("order_1\norder_2\norder_3\n")
    assert shop(*command).returncode == 0
    whole = output.read_bytes()
    last = whole.rstrip(b"\n").rindex(b"\n") + 1
    for cut in (last, last + 1, last + 2, last + 40, len(whole) - 2, len(whole) - 1):
        for rest in (b"", b"\0" * 100):
            output.write_bytes(whole[:cut] + (rest if cut < len(whole) - 1 else b""))
            assert shop(*command).returncode == 0
            assert sorted(exported(output)) == ["order_1", "order_2", "order_3"]
    first = whole.index(b"\n") + 1
    output.write_bytes(whole[: first - 10])  # This is not even one complete line.
    assert shop(*command).returncode == 0
    assert sorted(exported(output)) == ["order_1", "order_2", "order_3"]


@pytest.mark.parametrize(
    "text", ["notes of mine", "notes\nof mine\n", "[1, 2]", '{"a": 1}', '{\n"id": "x"\n}', '{"id": "x"}\nnotes\n{}\n']
)
def test_a_file_that_is_no_export_is_left_alone(shop: Cli, store: Store, export: Export, text: str) -> None:
    ids, output, command = export
    ids.write_text("order_1\n")
    output.write_text(text)
    done = shop(*command)
    assert done.returncode == 1
    assert "is not an export of orders: see line " in one_line(done)
    assert output.read_text() == text
    assert not store.asked


def test_two_exports_into_one_file(shop: Cli, store: Store, export: Export) -> None:
    ids, _, command = export
    ids.write_text("order_1\n")
    store.delay = 30
    process = shop.start(*command)
    try:
        wait_for(lambda: bool(store.asked))
        done = shop(*command)
        assert done.returncode == 1
        assert "another export is writing" in one_line(done)
    finally:
        process.kill()
        process.communicate()


def test_export_of_bad_ids_and_into_bad_places(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    ids, output, command = export
    for text, said in ((b"order_1\n..\n", "line 2: the id must not be"), (b"order_1\n\n\xff\n", "line 3: ")):
        ids.write_bytes(text)
        done = shop(*command)
        assert (done.returncode, said in one_line(done)) == (2, True)
    assert not output.exists()
    ids.write_text("order_1\n")
    for place in ("/dev/null", str(tmp_path / "nowhere" / "x.jsonl")):
        done = shop(*command[:-1], place)
        assert (done.returncode, place in one_line(done)) == (1, True)
    assert not store.asked


def test_export_into_what_is_no_regular_file(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    """An output that is not a regular file is rejected immediately, even if something reads from it."""
    ids, _, command = export
    ids.write_text("order_1\n")
    fifo, link, folder = tmp_path / "fifo", tmp_path / "link", tmp_path / "folder"
    os.mkfifo(fifo)
    link.symlink_to(fifo)
    folder.mkdir()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket"))
    for place in (fifo, link, tmp_path / "socket", Path("/dev/null"), Path("/dev/tty"), Path("/dev/stdout")):
        done = shop(*command[:-1], str(place))
        assert (done.returncode, one_line(done)) == (1, f"medusa: {place} is not a regular file")
    listener.close()
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    assert shop(*command[:-1], str(fifo)).returncode == 1
    assert os.read(reader, 100) == b""
    os.close(reader)
    done = shop(*command[:-1], str(folder))
    assert (done.returncode, "is a directory" in one_line(done)) == (2, True)
    assert not store.asked


def test_export_of_ids_from_a_fifo(shop: Cli, store: Store, export: Export, tmp_path: Path) -> None:
    _, output, command = export
    os.mkfifo(tmp_path / "fifo")
    writer = threading.Thread(target=lambda: (tmp_path / "fifo").write_text("order_1\norder_2\n"))
    writer.start()
    command[3] = str(tmp_path / "fifo")
    assert shop(*command).returncode == 0
    writer.join()
    assert sorted(exported(output)) == ["order_1", "order_2"]


def test_export_from_stdin_with_fields(shop: Cli, store: Store, export: Export) -> None:
    _, output, _ = export
    command = ["orders", "export", "--ids-from", "-", "--output", str(output), "--fields", "total,status"]
    for _ in range(2):
        assert shop(*command, stdin="order_1\norder_2").returncode == 0
        assert sorted(exported(output)) == ["order_1", "order_2"]
    assert store.server.log[-1][0].args["fields"] == "id,total,status"


def test_the_progress_bar_is_for_terminals(shop: Cli, store: Store, export: Export) -> None:
    ids, _, command = export
    ids.write_text("\n".join(f"order_{number}" for number in range(100)))
    store.delay = 0.05
    code, shown = shop.at_a_terminal(*command)
    assert code == 0
    assert "/100" in shown
    assert "100 written" in shown
