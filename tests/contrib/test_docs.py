"""The shops of docs/django.md and docs/flask.md, built as the pages say and run on a real Medusa."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from medusa import Medusa

from ..amounts import written
from ..pages import ROOT, blocks, write
from .test_live import PASSWORD, register
from .test_workers import served


def build(page: str, folder: Path, base_url: str) -> tuple[str, dict[str, str]]:
    """Write the page's files and run its commands, up to that which serves; that one, and its environment."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    shown = blocks(page)
    assert {language for language, _ in shown} == {"sh", "python", "html"}
    for language, code in shown:
        if language != "sh":
            write(code.replace("http://localhost:9000", base_url), folder)
            continue
        for command in code.splitlines():
            if command.startswith("pip install"):  # everything is there
                continue
            if command.startswith("export"):
                name, value = command.removeprefix("export ").split("=", 1)
                environment[name] = subprocess.check_output(
                    ["bash", "-c", f"echo {value}"], env=environment, text=True
                ).strip()
            elif command.startswith("gunicorn"):
                return command, environment
            else:
                done = subprocess.run(
                    shlex.split(command), cwd=folder, env=environment, capture_output=True, text=True, timeout=120
                )
                assert done.returncode == 0, (command, done.stdout, done.stderr)
    raise AssertionError("the page serves nothing")


def test_the_pytest_test_of_the_django_shop(backend: dict[str, Any], tmp_path: Path) -> None:
    _, environment = build("django.md", tmp_path, backend["url"])
    (shown,) = [code for _, code in blocks("testing.md") if code.startswith("# shop/")]
    write(shown, tmp_path)
    pytest_run = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--ds",
        "shop.settings",
        "shop/test_pages.py",
    ]
    done = subprocess.run(pytest_run, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize(("page", "slash"), [("django.md", "/"), ("flask.md", "")])
def test_the_shop_of_the_page(backend: dict[str, Any], tmp_path: Path, page: str, slash: str) -> None:
    with Medusa(backend["url"]) as medusa:
        (email, own), (_, others) = register(medusa), register(medusa)
        number = medusa.orders.retrieve(own).order.display_id
    folder = tmp_path / "project"
    folder.mkdir()
    command, environment = build(page, folder, backend["url"])
    options = shlex.split(command.replace(" --bind 127.0.0.1:8000", ""))[1:]
    with served(*options, log=tmp_path / "log", folder=folder, environment=environment) as url:
        with requests.Session() as browser:
            assert browser.get(f"{url}/").url == f"{url}/login{slash}?next=%2F"
            login = browser.get(f"{url}/orders/{own}{slash}")
            assert login.status_code == 200
            hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.text)
            fields = {"email": email, "csrfmiddlewaretoken": hidden[1] if hidden else ""}
            assert "Wrong e-mail" in browser.post(login.url, {**fields, "password": "wrong"}).text
            page_of_order = browser.post(login.url, {**fields, "password": PASSWORD})
            assert page_of_order.url == f"{url}/orders/{own}{slash}"
            assert f"Order #{number}" in page_of_order.text
            assert "4 × Enamel Mug" in page_of_order.text
            assert f"Total {written('216.37', 'eur')}" in page_of_order.text
            assert browser.get(f"{url}/orders/{others}{slash}").status_code == 404
            account = browser.get(f"{url}/")
            assert "Hello Grace" in account.text
            assert f"Order #{number}" in account.text
            hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', account.text)
            gone = browser.post(f"{url}/logout{slash}", {"csrfmiddlewaretoken": hidden[1] if hidden else ""})
            assert gone.url == f"{url}/login{slash}"
            assert browser.get(f"{url}/orders/{own}{slash}").url.startswith(f"{url}/login{slash}?next=")
