"""`override_medusa`, for the tests of Django projects."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import override_settings

__all__ = ["override_medusa"]


class override_medusa(override_settings):
    """Override options of the setting `MEDUSA`, for example `base_url`, so that `request.medusa` uses them.

    Like Django's `override_settings`, this is a context manager and a decorator: `with override_medusa(base_url=...):`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(MEDUSA={**getattr(settings, "MEDUSA", {}), **options})
