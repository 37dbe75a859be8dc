"""Python's garbage collector rests while something is decoded or written, and is as before afterwards."""

from __future__ import annotations

import gc
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import medusa
from medusa import MedusaDecodeError, Model, entity, field


class Seen:
    """A value whose hooks call `look`."""


look: Callable[[], object] = print


def structure(value: object, _: object) -> Seen:
    look()
    if value != 1:
        raise ValueError("not 1")
    return Seen()


medusa.converter.register_structure_hook(Seen, structure)
medusa.converter.register_unstructure_hook(Seen, lambda _: look())


@entity
class Watched(Model):
    seen: Seen = field()


TEXT = '{"seen": 1}'


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Whether the collector was on, each time that a hook was called."""
    found: list[bool] = []
    monkeypatch.setattr("tests.test_collector.look", lambda: found.append(gc.isenabled()))
    gc.enable()
    yield found
    gc.enable()


DECODINGS: list[Callable[[str], Watched]] = [
    Watched.from_json,
    lambda text: Watched.from_json(text.encode()),
    lambda text: Watched.from_dict(json.loads(text)),
]


@pytest.mark.parametrize("decode", DECODINGS)
def test_it_rests(watch: list[bool], decode: Callable[[str], Watched]) -> None:
    decode(TEXT)
    assert (watch, gc.isenabled()) == ([False], True)
    with pytest.raises(MedusaDecodeError):
        decode('{"seen": 2}')
    assert (set(watch), gc.isenabled()) == ({False}, True)


@pytest.mark.parametrize("decode", DECODINGS)
def test_a_program_that_turned_it_off_finds_it_off(watch: list[bool], decode: Callable[[str], Watched]) -> None:
    gc.disable()
    decode(TEXT)
    assert (watch, gc.isenabled()) == ([False], False)


def test_it_rests_while_a_model_is_written(watch: list[bool]) -> None:
    Watched(seen=Seen()).to_dict()
    assert (watch, gc.isenabled()) == ([False], True)


@contextmanager
def paused_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a thread stop in the middle of a decoding."""
    is_within, goes_on = threading.Event(), threading.Event()
    thread = threading.Thread(target=Watched.from_json, args=(TEXT,))

    def wait() -> None:
        is_within.set()
        goes_on.wait(60)

    with monkeypatch.context() as patch:
        patch.setattr("tests.test_collector.look", wait)
        thread.start()
        assert is_within.wait(60)
    yield
    goes_on.set()
    thread.join()


def test_the_thread_that_turned_it_off_turns_it_on(watch: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    with paused_thread(monkeypatch):
        Watched.from_json(TEXT)
        assert (watch, gc.isenabled()) == ([False], False)
    assert gc.isenabled()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.usefixtures("watch")
def test_a_child_that_is_forked_meanwhile_has_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with paused_thread(monkeypatch):
        child = os.fork()
        if child == 0:
            os._exit(0 if gc.isenabled() else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert gc.isenabled()
