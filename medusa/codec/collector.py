"""Python's garbage collector, which rests while a body is decoded.

A large body makes thousands of objects, and after every 700 the collector goes through what is new, now and then
through everything in the process, and finds nothing: JSON and models hold no cycles. Without it a page of 100 products
takes a tenth less time.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import wraps
from threading import get_ident
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")

_threads: set[int] = set()
"""The threads in which a function keeps the collector off."""


def without_collector(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Have the collector rest while a function runs: a decorator.

    A collector that is off already stays off: the program has turned it off, or another thread has, which turns it on
    again.
    """

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        if not gc.isenabled():
            return function(*args, **kwargs)
        thread = get_ident()
        try:
            _threads.add(thread)
            gc.disable()
            return function(*args, **kwargs)
        finally:
            gc.enable()
            _threads.discard(thread)

    return call


def _after_fork() -> None:
    """Turn on the collector in a child, which does not have the threads that would do so."""
    if _threads:
        gc.enable()
        _threads.clear()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_after_fork)
