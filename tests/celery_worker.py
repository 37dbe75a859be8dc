"""A Redis server, and a worker that runs the tasks of docs/celery.md."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

ROOT = Path(__file__).parents[1]

SECRETS = {
    "TOKEN": f"ey{uuid.uuid4().hex}",
    "KEY": f"pk{uuid.uuid4().hex}",
    "PASSWORD": f"pw{uuid.uuid4().hex}",
    "EMAIL": f"ada{uuid.uuid4().hex}@example.com",
}


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Start a new Redis server. Yield its URL without the number of a database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", ""]
    with (folder / "redis.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        with Redis(port=port) as redis:
            wait_until(lambda: is_there(redis), server, folder / "redis.log")
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def is_there(redis: Any) -> bool:
    try:
        return bool(redis.ping())
    except RedisConnectionError:
        return False


def wait_until(condition: Any, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


def write_files(folder: Path, page: str, store: str, redis: str) -> None:
    """Write the files of a page, with the URLs of the running store and Redis server."""
    text = (ROOT / "docs" / page).read_text()
    blocks = re.findall(r"^```python\n# ([\w./]+)(, at the end)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == text.count("```python\n")
    for name, at_the_end, code in blocks:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        with file.open("a" if at_the_end else "w") as stream:
            stream.write(code.replace("http://localhost:9000", store).replace("redis://localhost:6379", redis))


@contextmanager
def worker(app: str, folder: Path, **environment: str) -> Iterator[Path]:
    """Start a worker that logs at DEBUG. Yield the path of its log when the worker is ready."""
    path = folder / "worker.log"
    command = ["celery", "-A", app, "worker", "--concurrency", "2", "--loglevel", "DEBUG"]
    with path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log
        )
    try:
        wait_until(lambda: " ready.\n" in path.read_text(), process, path)
        yield path
    finally:
        process.terminate()
        process.wait(60)


def logged(log: Path, pattern: str, times: int = 1) -> bool:
    """Return whether the log has the pattern exactly so many times.

    The worker sends a result before it writes to the log, so wait up to ten seconds.
    """
    end = time.monotonic() + 10
    while len(re.findall(pattern, log.read_text())) != times and time.monotonic() < end:
        time.sleep(0.05)
    return len(re.findall(pattern, log.read_text())) == times


@contextmanager
def tasks_of(folder: Path) -> Iterator[Any]:
    """Import the module `tasks` of a folder in this process, which sends the tasks."""
    levels = {name: logging.getLogger(name).level for name in ("medusa", "urllib3")}
    sys.path.insert(0, str(folder))
    try:
        tasks = import_module("tasks")
    finally:
        sys.path.remove(str(folder))
        for name in ("tasks", "medusa_task"):  # Other folders have modules with these names.
            sys.modules.pop(name, None)
    try:
        yield tasks
    finally:
        tasks.app.close()
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def shop(folder: Path, store_url: str, more: str = "", *, json_results: bool = False) -> Iterator[tuple[Any, Path]]:
    """Start a worker for the tasks of the page. Yield the module `tasks` and the path of the worker's log."""
    with redis_server(folder) as redis:
        write_files(folder, "celery.md", store_url, redis)
        code = (folder / "tasks.py").read_text()
        if json_results:
            code = code.replace('"pickle"', '"json"')
        (folder / "tasks.py").write_text(code + more)
        with worker("tasks", folder, **SECRETS) as log, tasks_of(folder) as tasks:
            yield tasks, log
