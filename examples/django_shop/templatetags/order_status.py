"""`{% load order_status %}`: `{{ order|delivery_text }}` and `{{ order|payment_text }}`."""

from __future__ import annotations

from django import template

from examples.order_status import delivery_text, payment_text

register = template.Library()
register.filter(delivery_text)
register.filter(payment_text)
