"""Resources that a user defines: wrong calls raise an error before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from medusa import Medusa, MedusaDecodeError, Order, Resource, Result, entity


@entity
class StoreNotesRes(Result):
    later: Unknown  # type: ignore[name-defined]  # noqa: F821  # pyright: ignore


@entity
class StoreNoteRes(Result):
    order: Order
    note: str


class NotesResource(Resource):
    def unbuildable(self, id: str) -> StoreNotesRes:
        return self._get(StoreNotesRes, "/store/orders/{id}/notes", id)

    def retrieve(self, *ids: str) -> StoreNoteRes:
        return self._get(StoreNoteRes, "/store/orders/{order_id}/notes/{note_id}", *ids)

    def create(self, order_id: str, payload: Any) -> StoreNoteRes:
        return self._post(StoreNoteRes, "/store/orders/{order_id}/notes", order_id, json=payload)


ROUTE = r"^/store/orders/\{order_id\}/notes/\{note_id\}"


@pytest.mark.parametrize(
    ("method", "arguments", "error", "said"),
    [
        ("unbuildable", ["order_1"], TypeError, r"^StoreNotesRes\.later: name 'Unknown' is not defined, in its module"),
        ("retrieve", ["order_1"], TypeError, f"{ROUTE} takes 2 IDs, not 1$"),
        ("retrieve", [], TypeError, f"{ROUTE} takes 2 IDs, not 0$"),
        ("retrieve", ["order_1", ""], ValueError, "^note_id must not be empty$"),
        ("retrieve", ["..", "1"], ValueError, r"^order_id must not be '\.\.'$"),
        ("retrieve", [None, "1"], TypeError, "^order_id must be a string, not NoneType$"),
        ("create", ["order_1", None], TypeError, "^payload must be a mapping, not NoneType$"),
        ("create", ["order_1", {"note": {1}}], TypeError, r"^payload\.note: a set has no JSON form$"),
    ],
)
def test_nothing_is_sent(
    medusa: Medusa, httpserver: HTTPServer, method: str, arguments: list[Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        getattr(NotesResource(medusa), method)(*arguments)
    assert httpserver.log == []


def test_what_is_sent(medusa: Medusa, answer: Callable[..., None], httpserver: HTTPServer) -> None:
    answer({"order": {"id": "order_1"}, "note": "gift"})
    assert NotesResource(medusa).retrieve("order 1", "a/b").note == "gift"
    assert httpserver.log[-1][0].environ["RAW_URI"] == "/store/orders/order%201/notes/a%2Fb"
    assert NotesResource(medusa).create("order_1", {"note": "gift"}).order.id == "order_1"
    answer({"order": {"id": "order_1"}})
    with pytest.raises(MedusaDecodeError, match=r": note: missing$"):
        NotesResource(medusa).retrieve("order_1", "1")


@pytest.mark.parametrize("name", ["expand", "fields", "region_id", "currency_code", "cart_id", "sales_channel_id"])
def test_a_query_in_the_place_of_headers(medusa: Medusa, httpserver: HTTPServer, name: str) -> None:
    text = f"^custom_headers has the key '{name}', which is not a header: pass {name}=... as a keyword$"
    for call in (medusa.products.retrieve, medusa.carts.retrieve):
        with pytest.raises(TypeError, match=text):
            call("id_1", {name: "x"})
    assert httpserver.log == []
