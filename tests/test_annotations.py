"""An entity of a user may write its annotations in any way that Python allows.

This module does not import `annotations` from `__future__`, so annotations without quotes are objects and not strings.
"""

import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Dict, List, Literal, NewType, Optional, Union  # noqa: UP035

import pytest

import medusa
from medusa import LineItem, Medusa, MedusaDecodeError, Model, Order, Resource, Result, entity, field

from .extended import new_module

pytestmark = pytest.mark.usefixtures("no_garbage")

Points = NewType("Points", int)


class Tier(StrEnum):
    GOLD = "gold"


@entity
class Node(Model):
    id: str
    children: List["Node"] = field()  # noqa: UP006
    parent: Optional["Node"] = field()
    by_name: Dict[str, "Node"] = field()  # noqa: UP006


@entity
class Everything(Model):
    wishes: list["Wish"] = field()
    wish: Optional["Wish"] = field()
    in_a_text: "list[Wish | None] | None" = field()
    in_part_a_text: list["Wish"] | None = field()
    free: Dict[str, Any] = field()  # noqa: UP006
    bare: dict = field()  # type: ignore[type-arg]
    bare_of_typing: Dict = field()  # type: ignore[type-arg]  # noqa: UP006
    counts: dict[str, int] = field()
    of_lists: dict[str, list[float]] = field()
    kind: Literal["order", "cart"] = field()
    mixed: Literal["a", 1, True, None, Tier.GOLD] = field()
    tagged: Annotated[int, "unhashable", ["x"]] = field()
    points: Annotated["Points", "note"] = field()
    price: Decimal = field()
    discount: Optional[Decimal] = field()  # noqa: UP045
    tier: Union[Tier, str, None] = field()  # noqa: UP007
    at: "datetime | None" = field()
    item: "LineItem" = field()  # Quotes may contain any public name of medusa.
    qualified: "medusa.Order" = field()


@entity
class Wish(Model):
    id: str


WHOLE: dict[str, Any] = {
    "wishes": [{"id": "w1"}, {"id": "w2", "new": 1}],
    "wish": None,
    "in_a_text": [None, {"id": "w3"}],
    "in_part_a_text": [{"id": "w4"}],
    "free": {"a": [1, None]},
    "bare": {"b": {}},
    "bare_of_typing": {"c": [{}]},
    "counts": {"red": 1},
    "of_lists": {"x": [1, 2.5], "": []},
    "kind": "cart",
    "mixed": "gold",
    "tagged": 7,
    "points": 8,
    "price": "12.50",
    "discount": "1e3",
    "tier": "gold",
    "at": "2024-01-01T12:00:00+02:00",
    "item": {"id": "item_1"},
    "qualified": {"id": "order_1"},
}


def test_every_annotation() -> None:
    for _ in range(3):
        for made in (Everything.from_dict(WHOLE), Everything.from_json(json.dumps(WHOLE))):
            assert made.to_dict() == WHOLE
            assert [type(wish) for wish in made.wishes] == [Wish, Wish]
            assert (made.price, made.discount) == (Decimal("12.50"), Decimal(1000))
            assert made.mixed is Tier.GOLD
            assert made.tier is Tier.GOLD
            assert type(made.item) is LineItem
            assert type(made.qualified) is Order
            for price, written in (("12.5", "12.5"), ("1E+2", "100")):
                made.price = Decimal(price)
                assert made.to_dict() == {**WHOLE, "price": written}
    assert Everything.from_dict({**WHOLE, "discount": "1E3"}).discount == Decimal(1000)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("wishes", [{}], "wishes[0].id: missing"),
        ("wishes", [{}, {"id": 1}], "wishes[0].id: missing"),
        ("in_a_text", [{"id": 1}], "in_a_text[0].id: expected string, got integer"),
        ("bare", [], "bare: expected object, got array"),
        ("counts", {"red": 1, "blue": "2"}, "counts.blue: expected integer, got string"),
        ("counts", [], "counts: expected object, got array"),
        ("of_lists", {"x": [True]}, "of_lists.x[0]: expected number, got boolean"),
        ("kind", "swap", 'kind: expected "order" or "cart", got string'),
        ("kind", ["order"], 'kind: expected "order" or "cart", got array'),
        ("mixed", 1.0, 'mixed: expected "a" or 1 or true or null or "gold", got number'),
        ("tagged", "1", "tagged: expected integer, got string"),
        ("points", None, "points: expected integer, got null"),
        ("price", 12.5, "price: expected string with a decimal number, got number"),
        ("price", "NaN", "price: expected string with a decimal number, got string"),
        ("price", "1_0", "price: expected string with a decimal number, got string"),
        ("discount", 1, "discount: expected string with a decimal number or null, got integer"),
        ("tier", 1, "tier: expected string or null, got integer"),
    ],
)
def test_what_does_not_fit(name: str, value: Any, said: str) -> None:
    for _ in range(3):
        with pytest.raises(MedusaDecodeError) as caught:
            Everything.from_dict({**WHOLE, name: value})
        assert str(caught.value) == f"everything.{said}"


def test_an_entity_in_itself() -> None:
    body = {"id": "1", "children": [{"id": "2", "children": []}], "parent": None, "by_name": {"x": {"id": "3"}}}
    for _ in range(3):
        node = Node.from_dict(body)
        assert type(node.children[0]) is type(node.by_name["x"]) is Node
        assert node.to_dict() == body
    with pytest.raises(MedusaDecodeError, match=r"^node\.children\[0\]\.by_name\.y\.id: missing$"):
        Node.from_dict({"id": "1", "children": [{"id": "2", "by_name": {"y": {}}}]})
    data: dict[str, Any] = {"id": "1"}
    for _ in range(66):
        data = {"id": "1", "by_name": {"x": data}}
    with pytest.raises(MedusaDecodeError, match=r"^nested too deeply$"):
        Node.from_dict(data)


# Classes in a function.


def test_entities_in_a_function() -> None:
    @entity
    class Gift(Model):
        note: str
        inner: "list[Gift]" = field()

    @entity
    class Box(Model):
        gifts: list["Gift"]
        item: "LineItem | None" = field()

    body = {"gifts": [{"note": "x", "inner": [{"note": "y"}]}], "item": {"id": "item_1"}}
    for _ in range(3):
        box = Box.from_dict(body)
        assert type(box.gifts[0].inner[0]) is Gift
        assert type(box.item) is LineItem
        assert box.to_dict() == body


def test_a_name_that_a_function_defines_later() -> None:
    with pytest.raises(TypeError) as caught:

        @entity
        class Box(Model):
            gifts: "list[Gift]"  # type: ignore[name-defined]  # noqa: F821

    assert str(caught.value) == (
        "Box.gifts: name 'Gift' is not defined; define it before Box, or define both at the top level of a module"
    )


def in_a_module(source: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    return new_module(monkeypatch, "from medusa import *\nfrom medusa import converter\nimport medusa\n" + source)


def test_a_name_that_a_module_defines_later(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "@entity\nclass Box(Model):\n    gift: 'Gift'\n    count: int\n"
    module = in_a_module(source, monkeypatch)
    with pytest.raises(TypeError, match=r"^Box\.gift: name 'Gift' is not defined, in its module at run time$"):
        module.Box.from_dict({})
    exec("@entity\nclass Gift(Model):\n    id: str\n", module.__dict__)
    assert type(module.Box.from_dict({"gift": {"id": "x"}, "count": 1}).gift) is module.Gift


@pytest.mark.parametrize("future", ["", "from __future__ import annotations\n"])
def test_with_and_without_the_future_import(monkeypatch: pytest.MonkeyPatch, future: str) -> None:
    source = (
        "@entity\nclass Tree(Model):\n    id: str\n    subtrees: list['Tree'] = field()\n"
        "    leaf: 'Leaf | None' = field()\n    class Inner(Model): pass\n    inner: Inner = field()\n"
        "@entity\nclass Leaf(Model):\n    id: str\n"
    )
    module = new_module(monkeypatch, future + "from medusa import Model, entity, field\n" + source)
    body = {"id": "1", "subtrees": [{"id": "2"}], "leaf": {"id": "3"}, "inner": {"x": 1}}
    for _ in range(3):
        tree = module.Tree.from_dict(body)
        assert tree.to_dict() == body
        assert type(tree.subtrees[0]) is module.Tree
        assert type(tree.leaf) is module.Leaf
        assert type(tree.inner) is module.Tree.Inner


if sys.version_info >= (3, 12):  # Python 3.12 introduced the syntax of type aliases.

    def test_type_aliases(monkeypatch: pytest.MonkeyPatch) -> None:
        source = (
            "type Ids = list[str]\ntype Gifts = list[Gift] | None\n"
            "type Pair[T] = dict[str, T]\ntype Loop = list[Loop]\n"
            "@entity\nclass Box(Model):\n    ids: Ids\n    gifts: Gifts\n    pair: Pair[int]\n"
            "    maybe: Ids | None = field()\n    state: New | Used\n"
            "from typing import Literal\ntype OfNew = Literal['new']\n"
            "@entity\nclass New(Model):\n    kind: OfNew\n@entity\nclass Used(Model):\n    kind: Literal['used']\n"
            "@entity\nclass Gift(Model):\n    id: str\n"
            "type Lost = list[Nowhere]\n@entity\nclass Unknown(Model):\n    x: Lost\n"
        )
        module = in_a_module(source, monkeypatch)
        body = {"ids": ["a"], "gifts": [{"id": "1"}], "pair": {"x": 1}, "maybe": None, "state": {"kind": "new"}}
        for _ in range(3):
            assert module.Box.from_dict(body).to_dict() == body
        with pytest.raises(MedusaDecodeError, match=r"^box\.pair\.x: expected integer, got string$"):
            module.Box.from_dict({**body, "pair": {"x": "1"}})
        with pytest.raises(
            TypeError, match=r"Endless\.x: unsupported annotation: Loop; a type alias must not contain itself$"
        ):
            exec("@entity\nclass Endless(Model):\n    x: Loop\n", module.__dict__)
        with pytest.raises(TypeError, match=r"^Unknown\.x: name 'Nowhere' is not defined, in the type alias Lost$"):
            module.Unknown.from_dict({})


# Unions.


@entity
class Cart(Model):
    object: Literal["cart"]
    id: str = field()


@entity
class Placed(Model):
    object: Literal["order", "swap"]
    id: str = field()
    total: int = field()


@entity
class ByEmail(Model):
    email: str
    id: str = field()


@entity
class ByPhone(Model):
    phone: str
    email: str | None = field()
    id: str = field()


@entity
class Completed(Result):
    data: Cart | Placed
    more: "list[Cart | Placed | None]" = field()


def test_a_union_told_apart_by_a_literal() -> None:
    for kind, cls in (("cart", Cart), ("order", Placed), ("swap", Placed)):
        body = {"data": {"id": "x", "object": kind}, "more": [None, {"object": kind, "new": [1]}]}
        for _ in range(3):
            made = Completed.from_dict(body)
            assert type(made.data) is type(made.more[1]) is cls
            assert made.to_dict() == body
    for data, said in (
        ({"object": "order", "total": "1"}, "data.total: expected integer, got string"),
        ({"object": "claim"}, 'data.object: expected "cart" or "order" or "swap", got string'),
        ({"object": 1}, 'data.object: expected "cart" or "order" or "swap", got integer'),
        ({}, "data.object: missing"),
        (None, "data: expected object, got null"),
        ("order", "data: expected object, got string"),
    ):
        with pytest.raises(MedusaDecodeError) as caught:
            Completed.from_dict({"data": data})
        assert str(caught.value) == said
    of_v2 = {"raw_total": {"value": "1", "precision": 20}}
    with pytest.raises(MedusaDecodeError, match=r"^more\[1\]: this is an object of Medusa v2"):
        Completed.from_dict({"data": {"object": "cart"}, "more": [{"object": "claim"}, of_v2]})


def test_a_union_told_apart_by_required_keys() -> None:
    def made(data: dict[str, Any]) -> Any:
        return Holder.from_dict({"who": data}).who

    @entity
    class Someone(Model):
        name: str

    @entity
    class Holder(Model):
        who: "ByPhone | Someone"

    for _ in range(3):
        assert type(made({"phone": "1", "email": "x"})) is ByPhone
        assert type(made({"name": "x"})) is Someone
    for data in ({}, {"id": "1"}, {"phone": "1", "name": "x"}):
        with pytest.raises(MedusaDecodeError, match=r"^holder\.who: expected the keys of ByPhone or Someone$"):
            made(data)


def test_a_union_that_can_not_be_told_apart() -> None:
    with pytest.raises(TypeError) as caught:

        @entity
        class Holder(Model):
            who: ByEmail | ByPhone

    assert str(caught.value) == (
        f"Holder.who: unsupported annotation: {ByEmail | ByPhone!r};"
        ' give each a field such as `object: Literal["order"]`, or a required field that the others do not have'
    )


# Rejected annotations, and what an annotation imports.


@pytest.mark.parametrize(
    ("annotation", "advice"),
    [
        (Tier, "write Tier | str, because a backend may send a value that the enum does not know"),
        (list[Decimal], "write str for the items, because the received text of an item can't be kept"),
        (dict[int, str], "write dict[str, ...], because the keys of a JSON object are strings"),
        (set[str], "write list[...] with the type of the items, such as list[Any]"),
        (complex, "register a structure hook for it on medusa.converter before the class is declared, or write Any"),
    ],
)
def test_the_message_says_what_to_write_instead(annotation: Any, advice: str) -> None:
    with pytest.raises(TypeError) as caught:
        entity(type("Declared", (Order,), {"__annotations__": {"x": annotation}, "x": field()}))
    assert str(caught.value) == f"Declared.x: unsupported annotation: {annotation!r}; {advice}"


def test_nothing_is_sent_for_a_class_that_can_not_be_decoded(
    monkeypatch: pytest.MonkeyPatch, medusa: Medusa, httpserver: Any
) -> None:
    class Things(Resource):
        def retrieve(self, result: type[Result]) -> Any:
            return self._get(result, "/store/things")

    source = "@entity\nclass Res(Result):\n    things: list['Thing']\n@entity\nclass Thing(Model):\n    x: 'Nowhere'\n"
    module = in_a_module(source, monkeypatch)
    for _ in range(2):
        with pytest.raises(TypeError, match=r"^Thing\.x: name 'Nowhere' is not defined, in its module at run time$"):
            Things(medusa).retrieve(module.Res)
    assert httpserver.log == []


def test_an_order_imports_what_it_holds_alone() -> None:
    """Decoding an order imports the models of the objects in it, and no other models."""
    program = """
import json, sys, medusa
medusa.StoreOrdersRes.from_json(sys.stdin.read()).to_dict()
loaded = {name for name in sys.modules if name.startswith(("medusa.models.", "medusa.resources."))}
print(json.dumps(sorted(loaded)))
medusa.GiftCard.from_dict({})
"""
    body = json.dumps({"order": {"id": "order_1", "items": [{"id": "item_1"}], "region": {"id": "reg_1"}}})
    run = subprocess.run([sys.executable, "-c", program], input=body, capture_output=True, text=True, check=True)
    loaded = json.loads(run.stdout)
    assert "medusa.models.order" in loaded
    assert "medusa.models.line_item" in loaded
    assert "medusa.models.product_variant" not in loaded  # The item in the data has no variant.
    assert "medusa.models.cart" not in loaded
    assert "medusa.resources.auth" not in loaded
    run = subprocess.run(
        [sys.executable, "-c", program.replace("StoreOrdersRes", "StoreBearerAuthRes")],
        input='{"access_token": "x"}',
        capture_output=True,
        text=True,
        check=True,
    )
    assert "medusa.models.order" not in json.loads(run.stdout)
