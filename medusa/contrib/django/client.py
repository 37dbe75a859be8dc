"""The client that all requests of the process share."""

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
    """Return the client whose connections all requests share. This client must stay anonymous."""
    if "client" not in _shared:
        try:
            made = make_client(getattr(settings, "MEDUSA", None))
        except (TypeError, ValueError) as error:
            raise ImproperlyConfigured(f"MEDUSA: {error}") from None
        # If several threads create a client, the first one is kept. The others have not opened any connection.
        _shared.setdefault("client", made)
    return _shared["client"]


def get_client() -> Medusa:
    """Return an anonymous client for management commands, tasks and public pages.

    The client shares the connections of the process. Raises `ImproperlyConfigured` if the setting `MEDUSA` is not
    valid.
    """
    return shared_client().with_options()


@receiver(setting_changed)
def _close_client(*, setting: str, **_: Any) -> None:
    if setting == "MEDUSA" and (client := _shared.pop("client", None)):
        client.close()
