"""The scripts of examples/ as programs, on a real Medusa."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medusa import Medusa

ROOT = Path(__file__).parent.parent.parent


class Scripts:
    """Runs a script of examples/ with an environment of its own."""

    def __init__(self, url: str, api_key: str) -> None:
        self.environment = {"PATH": os.environ["PATH"], "MEDUSA_BASE_URL": url, "MEDUSA_API_KEY": api_key}

    def __call__(self, name: str, *arguments: str, stdin: str = "", **variables: str) -> tuple[int, str, str]:
        """The exit code, the standard output and the standard error."""
        environment = {**self.environment, **variables}
        done = subprocess.run(
            self.command(name, *arguments), env=environment, input=stdin, capture_output=True, text=True, timeout=300
        )
        return done.returncode, done.stdout, done.stderr

    def start(self, name: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        environment = {**self.environment, **variables}
        return subprocess.Popen(self.command(name, *arguments), env=environment, stderr=subprocess.PIPE, text=True)

    @staticmethod
    def command(name: str, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "examples" / f"{name}.py"), *arguments]


def scripts_of(backend: dict[str, Any]) -> Iterator[Scripts]:
    """As a user of the Admin who has an API key."""
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
