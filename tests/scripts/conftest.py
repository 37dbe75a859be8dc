"""The scripts of examples/ as programs, on a real Medusa."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medusa import Medusa

from ..faults.lossy_proxy import Proxy
from ..faults.peer import Request

ROOT = Path(__file__).parent.parent.parent


class Scripts:
    """Runs a script of examples/ with its own environment."""

    def __init__(self, url: str, api_key: str) -> None:
        self.environment = {"PATH": os.environ["PATH"], "MEDUSA_BASE_URL": url, "MEDUSA_API_KEY": api_key}

    def __call__(self, name: str, *arguments: str, stdin: str = "", **variables: str) -> tuple[int, str, str]:
        """Run a script. Return the exit code, the standard output and the standard error."""
        environment = {**self.environment, **variables}
        done = subprocess.run(
            self.command(name, *arguments), env=environment, input=stdin, capture_output=True, text=True, timeout=900
        )
        return done.returncode, done.stdout, done.stderr

    def start(self, name: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        environment = {**self.environment, **variables}
        return subprocess.Popen(self.command(name, *arguments), env=environment, stderr=subprocess.PIPE, text=True)

    @staticmethod
    def command(name: str, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "examples" / f"{name}.py"), *arguments]


class LossyProxy(Proxy):
    """A proxy that passes on all requests, except that it loses some requests of one kind, or their responses."""

    def __init__(self, backend: str, kind: str, fates: dict[str, int]) -> None:
        self._kind, self._possible = kind, fates
        super().__init__(backend)

    def _mark(self, request: Request) -> str:
        return request.head

    def _fate(self, mark: str, attempt: int) -> str:
        """Return what happens to an attempt. This is the same in every run of the tests."""
        if self._kind not in mark:
            return "answered"
        return random.Random(f"{mark}, attempt {attempt}").choices([*self._possible], [*self._possible.values()])[0]

    @property
    def reached(self) -> dict[str, int]:
        """How often each request of the kind reached the backend."""
        return {head: len(all) for head, all in list(self.answers_of_backend.items()) if self._kind in head}


def scripts_of(backend: dict[str, Any]) -> Iterator[Scripts]:
    """Yield scripts that use the API key of a new Admin user."""
    with Medusa(backend["url"]) as medusa:
        medusa.admin.auth.get_token({"email": "admin@example.com", "password": "supersecret"})
        email, api_key = f"{uuid.uuid4().hex}@example.com", uuid.uuid4().hex
        user = medusa.admin.users.create({"email": email, "password": "supersecret"}).user.id
        medusa.admin.users.update(user, {"api_token": api_key})
        yield Scripts(backend["url"], api_key)
        medusa.admin.users.delete(user)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
