"""The one client of the process."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

from ... import Medusa
from ..customers import make_client

_shared: dict[str, Medusa] = {}


def shared_client() -> Medusa:
    """Return the client whose connections all requests share. It is anonymous and must stay so."""
    if "client" not in _shared:
        try:
            made = make_client(getattr(settings, "MEDUSA", None))
        except (TypeError, ValueError) as error:
            raise ImproperlyConfigured(f"MEDUSA: {error}") from None
        _shared.setdefault("client", made)  # one thread's wins; a client that was never used holds no connection
    return _shared["client"]


def get_client() -> Medusa:
    """Return an anonymous client on the connections of the process: for commands, tasks and public pages.

    Raises `ImproperlyConfigured` if the setting `MEDUSA` is not valid.
    """
    return shared_client().with_options()


@receiver(setting_changed)
def _start_anew(*, setting: str, **_: Any) -> None:
    if setting == "MEDUSA" and (client := _shared.pop("client", None)):
        client.close()
