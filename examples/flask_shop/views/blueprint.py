"""The blueprint of all pages."""

from __future__ import annotations

from flask import Blueprint

shop = Blueprint("shop", __name__)
