"""For tests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import override_settings

__all__ = ["override_medusa"]


class override_medusa(override_settings):
    """Changes options of the setting `MEDUSA`, and with them where `request.medusa` points.

    A context manager and a decorator, as Django's `override_settings` is: `with override_medusa(base_url=...):`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(MEDUSA={**getattr(settings, "MEDUSA", {}), **options})
