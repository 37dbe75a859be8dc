"""Ways to print an object: all of them work on a partly loaded model, and none of them shows personal data."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import pickle
import pprint
import pydoc
import re
from typing import Any

import pytest
import rich.console
import rich.pretty
from hypothesis.vendor.pretty import pretty as pretty_by_hypothesis

from medusa import (
    Customer,
    LineItem,
    Medusa,
    Order,
    Refund,
    Resource,
    Result,
    RetryAdapter,
    StoreAuthRes,
    StoreBearerAuthRes,
    StoreGetAuthEmailRes,
    StoreOrdersRes,
    entity,
    field,
)

from .conftest import recorded
from .test_secrets_of_models import HOLDERS, SECRET

BODY = recorded("multi_item")
ORDER = BODY["order"]
SHOWN = (
    f"<Order id='{ORDER['id']}' display_id={ORDER['display_id']} status='pending' total={ORDER['total']}"
    " discounts=0 fulfillments=0 items=4 payments=1 shipping_methods=1>"
)


def by_rich(value: Any) -> str:
    console = rich.console.Console(width=1000, file=io.StringIO(), color_system=None)
    console.print(value)
    printed = console.file
    assert isinstance(printed, io.StringIO)
    return printed.getvalue().strip()


def by_rich_in_lines(value: Any) -> str:
    return rich.pretty.pretty_repr(value, max_width=20)


PRINTERS = {
    "repr": repr,
    "str": str,
    "format": "{}".format,
    "pprint": pprint.pformat,
    "rich": by_rich,
    "rich in lines": by_rich_in_lines,
    "Hypothesis": pretty_by_hypothesis,
}
PERSONAL = [
    ORDER["email"],
    ORDER["customer"]["email"],
    *(ORDER["shipping_address"][name] for name in ("first_name", "last_name", "address_1", "city", "postal_code")),
]


@pytest.mark.parametrize("printer", PRINTERS.values(), ids=PRINTERS)
def test_an_order(printer: Any) -> None:
    for order in (Order.from_dict(ORDER), pickle.loads(pickle.dumps(Order.from_dict(ORDER)))):
        printed = " ".join(printer(order).split()).replace("< ", "<").replace(" >", ">").replace("<Order  ", "<Order ")
        assert printed == SHOWN
        assert not [text for text in PERSONAL if text in printer([order, order.customer, order.shipping_address])]


@pytest.mark.parametrize("printer", PRINTERS.values(), ids=PRINTERS)
def test_a_result(printer: Any) -> None:
    result = StoreOrdersRes.from_dict(BODY)
    assert not [text for text in PERSONAL if text in printer(result)]
    assert ORDER["id"] in printer(result)


@pytest.mark.parametrize("printer", PRINTERS.values(), ids=PRINTERS)
def test_a_secret_that_the_admin_sends(printer: Any) -> None:
    for holder in HOLDERS:
        assert SECRET not in printer([holder, copy.deepcopy(holder), pickle.loads(pickle.dumps(holder))])
        assert SECRET in str(holder.to_dict())


@pytest.mark.parametrize("printer", [repr, by_rich], ids=["repr", "rich"])
def test_what_is_shown_of_each_kind(printer: Any) -> None:
    secret = "s3cret"
    assert printer(StoreOrdersRes.from_dict(BODY)) == f"<StoreOrdersRes order={SHOWN}>"
    assert (
        printer(StoreAuthRes(customer=Customer(id="cus_1", email=secret)))
        == "<StoreAuthRes customer=<Customer id='cus_1'>>"
    )
    assert printer(StoreGetAuthEmailRes(exists=False)) == "<StoreGetAuthEmailRes exists=False>"
    assert printer(StoreBearerAuthRes(access_token=secret)) == "<StoreBearerAuthRes>"
    assert printer(Result()) == "<Result>"
    assert printer(Order()) == "<Order>"
    assert printer(Order(id="a\nb", display_id=3)) == r"<Order id='a\nb' display_id=3>"
    assert printer(
        ListRes.from_dict({"points": [{"id": "p"}], "count": 2, "offset": 0, "cursor": secret, "by": {}})
    ) == ("<ListRes points=1 count=2 offset=0>")


@entity
class ListRes(Result):
    points: list[LineItem]
    count: int
    offset: int
    cursor: str
    by: dict[str, Any]


class WishlistsResource(Resource):
    pass


def test_a_resource() -> None:
    medusa = Medusa("https://shop.example.com/api/", token="a.s3cret.c")
    assert repr(medusa.orders) == "<OrdersResource https://shop.example.com/api>"
    assert repr(medusa.auth) == "<AuthResource https://shop.example.com/api>"
    assert repr(WishlistsResource(medusa)) == "<WishlistsResource https://shop.example.com/api>"
    assert repr(copy.deepcopy(medusa.orders)) == "<OrdersResource https://shop.example.com/api>"


def test_a_retry_adapter() -> None:
    policy = "RetryPolicy(total=3, connect=None, read=None, redirect=None, status=None)"
    assert repr(RetryAdapter(3)) == f"<RetryAdapter {policy}>"


def test_pytest_shows_two_orders_that_differ(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from medusa import Order

        def test_orders():
            one = Order.from_dict({"id": "order_1", "email": "@".join(["ada", "example.com"])})
            other = Order.from_dict({"id": "order_1", "email": "@".join(["grace", "example.com"])})
            assert one == other

        def test_lists():
            one = Order.from_dict({"id": "order_1", "email": "@".join(["ada", "example.com"])})
            other = Order.from_dict({"id": "order_1", "email": "@".join(["grace", "example.com"])})
            assert [one] == [other]
        """
    )
    for verbosity in ("-q", "-vv"):
        printed = pytester.runpytest_inprocess(verbosity, "-p", "no:medusa", "-p", "no:django").stdout.str()
        assert "assert <Order id='order_1'> == <Order id='order_1'>" in printed
        assert "example.com'" not in printed
        assert "NotLoadedError" not in printed
        assert "representation of details failed" not in printed


# help() and inspect.signature().


@entity
class MyRefund(Refund):
    """A refund with a column of the shop's own."""

    approved_by: list[str] | None = field()
    """The staff who approved it.

    In the order of their signatures.
    """
    number: int
    """It counts from 1."""


def helped(thing: Any) -> str:
    return pydoc.render_doc(thing, renderer=pydoc.plaintext)  # type: ignore[attr-defined]


def test_help_shows_each_field_with_its_type_and_its_text() -> None:
    text = helped(Order)
    for entry in (
        "total\n |      int: The total that the customer pays, tax included, in the smallest currency unit.\n",
        "items\n |      list[LineItem]\n",
        "shipping_address\n |      Address | None\n",
        "status\n |      OrderStatus | str\n",
        "currency_code\n |      str: ISO 4217, lower case.\n",
        "created_at\n |      datetime, timezone-aware\n",
        "canceled_at\n |      datetime | None, timezone-aware\n",
    ):
        assert f" |  {entry}" in text
    assert not re.search(r"^ \|  _\w", text.replace("__", ""), re.MULTILINE)
    assert "attrs_init" not in text
    assert "An order: the items that a customer bought" in text
    assert helped(Order.from_dict({"id": "order_1"})).count(" |  total\n |      int: The total that") == 1
    assert " |  response\n |      requests.Response: The raw response.\n" in helped(StoreOrdersRes)


def test_help_of_a_client_shows_its_options_and_resources() -> None:
    text = helped(Medusa)
    for option in inspect.signature(Medusa).parameters:
        assert re.search(rf"^ \|  - .*`{option}`.*: ", text, re.MULTILINE)
    assert "\n |  orders = <Lazy OrdersResource>\n" in text
    assert "Return the order with this ID" in helped(Medusa().orders)


def test_help_shows_the_fields_of_a_subclass() -> None:
    text = helped(MyRefund)
    entry = "list[str] | None: The staff who approved it.\n |      \n |      In the order of their signatures.\n"
    assert f" |  approved_by\n |      {entry}" in text.replace(" |\n", " |      \n")
    assert " |  number\n |      int: It counts from 1.\n" in text
    assert " |  amount\n |      int: The refunded amount, in the smallest currency unit.\n" in text
    described = "int: The refunded amount, in the smallest currency unit."
    assert inspect.getdoc(MyRefund.amount) == inspect.getdoc(Refund.amount) == described
    assert inspect.getdoc(Refund.note) == "str | None"


def test_help_without_the_source() -> None:
    made: dict[str, Any] = {"entity": entity, "field": field, "LineItem": LineItem, "__name__": "nowhere"}
    declared = [
        "@entity",
        "class Gift(LineItem):",
        " 'A gift.'",
        " wrap: list[int] = field()",
        " 'Paper.'",
        " bow: bool = field()",
    ]
    exec("\n".join(declared), made)
    text = helped(made["Gift"])
    assert " |  wrap\n |      list[int]\n" in text
    assert " |  bow\n |      bool\n" in text


def test_the_signature_is_that_of_the_fields() -> None:
    parameters = inspect.signature(MyRefund).parameters
    assert list(parameters)[-3:] == ["reason", "approved_by", "number"]
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert parameters["number"].default is inspect.Parameter.empty
    assert str(inspect.signature(StoreOrdersRes)) == "(*, order: 'Order')"
    assert str(inspect.signature(LineItem)).startswith("(*, id: 'str' = ..., title: 'str' = ...,")
    inspect.signature(MyRefund).bind(number=1, note=None)
    with pytest.raises(TypeError):
        inspect.signature(MyRefund).bind(number=1, nonsense=1)
    with contextlib.suppress(AttributeError):
        Order().__signature__  # noqa: B018
        raise AssertionError


def test_an_init_of_ones_own_has_its_own_signature() -> None:
    class Counted(Order):
        def __init__(self, number: int) -> None:
            super().__init__(id=f"order_{number}")

    assert list(inspect.signature(Counted).parameters) == ["number"]
    assert Counted(3).id == "order_3"
