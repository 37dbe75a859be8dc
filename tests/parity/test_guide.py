"""The client has the methods of the JS client, and docs/js-client.md shows each of them correctly."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from medusa import Medusa

from ..recorded_calls import method_of, snake_case
from .guide import ADMIN_METHODS, JS_METHODS, ROWS, STORE_METHODS, expected
from .methods import METHODS

pytestmark = pytest.mark.once

RENAMED = {
    "admin.uploads.create": {"file": "files"},
    "admin.uploads.createProtected": {"file": "files"},
    "customers.listOrders": {"params": "query"},
    "products.search": {"searchOptions": "payload"},
}
"""The arguments that have another name in Python."""

WITHOUT_OPTIONS = {"admin.custom.get", "admin.custom.post", "admin.custom.delete"}
"""The methods whose `options` the JS client sends as headers by mistake."""

HEADERS_OF_OURS = {"admin.productTags.list", "admin.uploads.create", "admin.uploads.createProtected"}
"""The methods that accept no headers in JS."""


def test_the_methods_are_those_of_js() -> None:
    assert (len(STORE_METHODS), len(ADMIN_METHODS)) == (65, 254)
    assert METHODS.keys() == JS_METHODS.keys()


@pytest.mark.parametrize("js", JS_METHODS)
def test_the_arguments_are_those_of_js(js: str) -> None:
    """The positional arguments are the arguments of JS in the same order. Additional arguments are keyword-only."""
    renamed = RENAMED.get(js, {})
    arguments = [each for each in JS_METHODS[js].arguments if not (js in WITHOUT_OPTIONS and each == "options?")]
    arguments += ["customHeaders?"] * (js in HEADERS_OF_OURS)
    names = [renamed.get(name.removesuffix("?"), name.removesuffix("?")) for name in arguments]
    optional = [name.endswith("?") for name in arguments]
    parameters = inspect.signature(method_of(Medusa(), js)).parameters.values()
    positional = [each for each in parameters if each.kind is not each.KEYWORD_ONLY]
    assert [each.name for each in positional] == list(map(snake_case, names))
    assert [each.default is not each.empty for each in positional] == optional


@pytest.mark.parametrize("js", JS_METHODS)
def test_the_page_shows_the_method(js: str) -> None:
    assert [replace(row, notes="") for row in ROWS if row.name == js] == [expected(js)]


def test_the_page_shows_no_other_method() -> None:
    assert sorted(row.name for row in ROWS) == sorted(METHODS)
