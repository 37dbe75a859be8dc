"""Take the pictures of docs/_static: the command line, and the example shop at two widths.

`make screenshots` runs this module. It requires Chromium on the PATH.
"""

from __future__ import annotations

import os
import pty
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from examples.serve import CUSTOMER, listens
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD
from tests.browser.conftest import NARROW, WIDE, chromium

from . import ROOT

PICTURES = ROOT / "docs" / "_static"
COLUMNS = 80


def main() -> None:
    """Take all pictures."""
    with SandboxStore() as store:
        _command_line(store)
    with _shop() as url, chromium() as browser:
        for name, viewport in {"wide": WIDE, "narrow": NARROW}.items():
            page = browser.new_page(viewport=viewport)
            page.goto(f"{url}/login")
            page.get_by_label("E-mail address").fill(CUSTOMER)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name="Log in").click()
            page.get_by_role("link", name=re.compile("^Order ")).first.click()
            page.get_by_role("heading", level=1).wait_for()
            page.screenshot(path=PICTURES / f"shop-{name}.png")


def _command_line(store: SandboxStore) -> None:
    given = ["orders", "lookup", "--display-id", str(store.orders[1].display_id), "--email", CUSTOMER]
    os.environ.update(MEDUSA_BASE_URL=store.url, TERM="xterm-256color", COLUMNS=str(COLUMNS), LC_ALL="en_US.UTF-8")
    printed: list[bytes] = []

    def read(terminal: int) -> bytes:
        printed.append(os.read(terminal, 65536))
        return printed[-1]

    pty.spawn([sys.executable, "-m", "medusa", *given], read)  # The command prints colours only in a terminal.
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere)
        console.print("$ medusa", *given, highlight=False)
        console.print(Text.from_ansi(b"".join(printed).decode().replace("\r\n", "\n")))
    picture = console.export_svg(title="medusa")
    # The site must not load fonts from other hosts.
    (PICTURES / "cli.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL))


@contextmanager
def _shop() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shop = subprocess.Popen([sys.executable, "-m", "examples.serve", "django", "--port", str(port)], cwd=ROOT)
    try:
        while not listens(port):
            assert shop.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        shop.terminate()
        shop.wait()


if __name__ == "__main__":
    main()
