"""The Django app, which registers the system checks."""

from django.apps import AppConfig
from django.core.checks import register


class MedusaConfig(AppConfig):
    """The app `medusa.contrib.django`."""

    name = "medusa.contrib.django"
    label = "medusa"
    verbose_name = "Medusa"

    def ready(self) -> None:
        """Register the system checks."""
        from .checks import (
            check_currency_digits,
            check_flags,
            check_login_url,
            check_middleware,
            check_setting,
        )

        register(check_setting)
        register(check_middleware)
        register(check_login_url)
        register(check_currency_digits)
        register(check_flags)
