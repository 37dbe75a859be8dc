"""Unions of entities that are told apart by a field beside them, by an annotated literal, or by Python keywords."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest

from medusa import Cart, MedusaDecodeError, Model, Order, ToldApartBy, entity, field

from .test_annotations import in_a_module


@entity
class Mail(Model):
    type: str
    about: Annotated[Order | Cart, ToldApartBy("type")] | None = field()


@entity
class Parcel(Model):
    class_: Literal["parcel"]


@entity
class Letter(Model):
    class_: Literal["letter"]


@entity
class Sent(Model):
    return_: str


@entity
class Received(Model):
    from_: str


@entity
class Post(Model):
    by_tag: Parcel | Letter = field()
    by_key: Sent | Received = field()


def test_a_union_that_may_be_null() -> None:
    bodies: list[tuple[dict[str, Any], type[Any]]] = [
        ({"type": "order", "about": {"id": "order_1"}}, Order),
        ({"type": "cart", "about": {"id": "cart_1"}}, Cart),
        ({"type": "order", "about": None}, type(None)),
        ({"type": "wish", "about": None}, type(None)),
    ]
    for _ in range(3):  # The accelerator reads the objects from the second time on.
        for body, cls in bodies:
            mail = Mail.from_dict(body)
            assert type(mail.about) is cls
            assert mail.to_dict() == body
        with pytest.raises(MedusaDecodeError, match=r'^mail\.about: expected type to be "order" or "cart"$'):
            Mail.from_dict({"type": "wish", "about": {"id": "wish_1"}})


def test_null_in_the_first_object_of_a_class() -> None:
    """The first object is read key by key. A function for its keys reads the next objects."""

    @entity
    class Note(Model):
        type: str
        about: Annotated[Order | Cart, ToldApartBy("type")] | None

    for _ in range(3):
        assert Note.from_dict({"type": "order", "about": None}).about is None


@pytest.mark.parametrize("container", ["list[{}]", "dict[str, {}]"])
def test_a_list_of_such_unions_is_refused(container: str) -> None:
    annotation = container.format('Annotated[Order | Cart, ToldApartBy("type")]')
    with pytest.raises(TypeError) as caught:
        entity(type("Mails", (Model,), {"__annotations__": {"about": annotation}, "__module__": __name__}))
    assert str(caught.value) == (
        f"Mails.about: unsupported annotation: {eval(annotation)!r};"
        " a union with ToldApartBy can't be in a list or a dict"
    )


def test_keys_that_are_no_names() -> None:
    for _ in range(3):
        for tag, cls in (("parcel", Parcel), ("letter", Letter)):
            post = Post.from_dict({"by_tag": {"class": tag}})
            assert type(post.by_tag) is cls
            assert post.to_dict() == {"by_tag": {"class": tag}}
        for key, cls_ in (("return", Sent), ("from", Received)):
            assert type(Post.from_dict({"by_key": {key: "x"}}).by_key) is cls_


def test_a_literal_that_tells_entities_apart_may_be_annotated_or_a_new_type(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "from typing import Annotated, Literal, NewType\n"
        "Lent = NewType('Lent', Annotated[Literal['lent', 'rented'], 'a kind'])\n"
        "@entity\nclass Sale(Model):\n    kind: Annotated[Literal['sold'], 'a kind']\n"
        "@entity\nclass Loan(Model):\n    kind: Lent\n"
        "@entity\nclass Deal(Model):\n    what: Sale | Loan\n"
    )
    module = in_a_module(source, monkeypatch)
    for _ in range(3):
        for kind, cls in (("sold", module.Sale), ("lent", module.Loan), ("rented", module.Loan)):
            deal = module.Deal.from_dict({"what": {"kind": kind}})
            assert type(deal.what) is cls
            assert deal.what.kind == kind
