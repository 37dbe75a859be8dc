"""The filters and form fields that both shops pass to the templates in shop_templates/.

Each shop adds its own URLs, messages and forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from medusa.contrib.carts import price_of

from . import catalogue, checkout, order_status

TEMPLATES = Path(__file__).parent / "shop_templates"
STATIC = Path(__file__).parent / "shop_static"

FILTERS: dict[str, Callable[..., Any]] = {
    "can_be_bought": catalogue.can_be_bought,
    "delivery_text": order_status.delivery_text,
    "handle_of": checkout.handle_of,
    "has_several_prices": catalogue.has_several_prices,
    "payment_text": order_status.payment_text,
    "picture": catalogue.picture,
    "price_before_sale": catalogue.price_before_sale,
    "price_of": price_of,
    "sums_of": checkout.sums_of,
}


@dataclass(frozen=True)
class FormField:
    """A field of a Django or Flask form."""

    id: str
    label: str
    hint: str
    errors: list[str]
    control: Markup
    """The input element. Its `aria-describedby` names the elements `{id}_helptext` and `{id}_error`."""
