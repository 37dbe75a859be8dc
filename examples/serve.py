"""Run an example shop under gunicorn, and print what to try: `make django-shop`, `make flask-shop`.

python -m examples.serve django         use a new sandbox store
python -m examples.serve flask URL      use the Medusa backend at this URL, and create a customer and orders there first
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress

from examples.receipt import place_order
from medusa import Medusa, MedusaInvalidRequestError, Order
from medusa.sandbox import SandboxStore
from medusa.sandbox.shop import PASSWORD

APPLICATIONS = {"django": "examples.django_shop.wsgi", "flask": "examples.flask_shop:create_app()"}

GUEST = "ada@example.com"
CUSTOMER = "grace@example.com"


def environment(medusa_url: str, session_folder: str) -> dict[str, str]:
    """Return the environment variables that configure both shops as a demo."""
    return {
        **os.environ,
        "MEDUSA_URL": medusa_url,
        "SECRET_KEY": secrets.token_hex(),
        "SESSION_FOLDER": session_folder,
        "DEMO": "1",
    }


def fill(medusa: Medusa) -> Order:
    """Create a customer with an order, and an order of a guest. Return the guest's order."""
    try:
        medusa.customers.create({"email": CUSTOMER, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper"})
    except MedusaInvalidRequestError as error:
        if error.type != "duplicate_error":  # An earlier run has already created the customer.
            raise
    logged_in = medusa.with_options()
    logged_in.auth.get_token({"email": CUSTOMER, "password": PASSWORD})
    place_order(logged_in, CUSTOMER)
    return medusa.orders.retrieve(place_order(medusa, GUEST)).order


def listens(port: int) -> bool:
    """Return whether a server listens on this port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shop", choices=APPLICATIONS)
    parser.add_argument("url", nargs="?", help="the URL of a Medusa backend; default: a new sandbox store")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    shop, port = arguments.shop, arguments.port
    if listens(port):
        sys.exit(f"Port {port} is in use. Choose another port: make {shop}-shop PORT={port + 1}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGTERM stops the shop like Ctrl-C.
    with ExitStack() as exits:
        exits.enter_context(suppress(KeyboardInterrupt))
        if arguments.url:
            url = arguments.url
            guests = fill(exits.enter_context(Medusa(base_url=url, max_retries=3)))
        else:
            store = exits.enter_context(SandboxStore())
            url, guests = store.url, store.orders[0]
        sessions = exits.enter_context(tempfile.TemporaryDirectory(prefix=f"{shop}-shop-"))
        options = ["--threads", "8", "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, APPLICATIONS[shop]], env=environment(url, sessions)
        )
        exits.callback(server.wait)
        exits.callback(server.terminate)
        while not listens(port):
            if server.poll() is not None:
                sys.exit("gunicorn did not start")
            time.sleep(0.1)
        print(
            f"""
The {shop} shop is running at http://127.0.0.1:{port} with the backend at {url}. Stop it with Ctrl-C.

  Buy something       as a guest or as a customer; the discount code is TENPERCENT
  Find an order       number {guests.display_id}, e-mail {GUEST}
  Log in              {CUSTOMER}, password {PASSWORD}
  Claim an order      while logged in, find order {guests.display_id} and add it to the account
""",
            flush=True,
        )
        server.wait()


if __name__ == "__main__":
    main()
