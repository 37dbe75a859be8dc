"""The memory that the package never frees is limited, whatever a backend sends."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from medusa import Medusa, MedusaDecodeError, Model, Order, entity, field


def grown(make: Callable[[], object]) -> int:
    """Return how many bytes are still in use after this call, whose result is discarded."""
    gc.collect()
    tracemalloc.start()
    try:
        make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("ending", ["Z", "+02:00", " "])
def test_very_long_texts_for_timestamps(ending: str) -> None:
    """The package caches the texts of timestamps, but not very long texts."""

    def decode() -> None:
        for number in range(6):
            text = f"2024-01-01T00:00:00.{number}{'0' * 1_000_000}{ending}"
            with pytest.raises(
                MedusaDecodeError, match=r"^order\.created_at: expected timestamp with a time zone, got str"
            ):
                Order.from_dict({"created_at": text})

    decode()
    assert grown(decode) < 500_000


def test_an_answer_of_very_many_keys(medusa: Medusa, answer: Callable[..., None]) -> None:
    keys = {f"unknown_{number}": number for number in range(20_000)}
    body = {"id": "order_1", **keys, "items": [{"id": "item_1", **keys}], "total": 1}
    answer({"order": body})

    def decode() -> None:
        for _ in range(3):
            order = medusa.orders.retrieve("order_1").order
            assert order.to_dict() == body
            assert (order.total, len(order.extra), order.items[0].extra) == (1, 20_000, keys)
        answer("")

    medusa.orders.retrieve("order_1")
    assert grown(decode) < 2_000_000
    for _ in range(3):
        with pytest.raises(MedusaDecodeError, match=r"^order\.total: expected integer, got string$"):
            Order.from_dict({**body, "total": "1"})


def test_very_long_keys() -> None:
    def decode() -> None:
        for number in range(20):
            for _ in range(3):
                body = {"id": "order_1", str(number) * 500_000: number}
                assert Order.from_dict(body).to_dict() == body

    assert grown(decode) < 1_000_000


def test_objects_of_very_many_different_keys() -> None:
    """Functions are generated only for the first combinations of keys. Other objects are read without them."""

    @entity
    class Note(Model):
        id: str = field()

    def decode(numbers: range) -> None:
        for number in numbers:
            body = {"id": "note_1", f"unknown_{number}": number}
            for _ in range(3):
                assert Note.from_dict(body).to_dict() == body

    decode(range(100))
    assert grown(lambda: decode(range(100, 300))) < 100_000
