"""Read the JSON text of a response strictly, and write that of a payload."""

from __future__ import annotations

import json
from contextlib import suppress
from math import isfinite
from typing import Any

try:
    import orjson  # It is installed by the extra `speed`.
except ImportError:
    orjson: Any = None  # type: ignore[no-redef]

from .json_values import PAYLOAD, plain
from .plain_json import Mismatch


def loads(text: str | bytes) -> Any:
    """Return the value of a JSON text. Raises `Mismatch` if it is not UTF-8, or contains NaN or a number too large."""
    # orjson converts integers of more than 64 bits to floats, so it does not read a text with 19 digits in a row.
    if orjson is not None and not _has_19_digits(text):
        with suppress(ValueError):  # json then says what is wrong.
            return orjson.loads(text)
    try:
        if isinstance(text, bytes):
            text = text.decode()
        elif not text.isascii():
            _check_utf_8(text)
        text = text.removeprefix("\ufeff").strip(" \t\r\n")  # A string without these is not copied.
        value, end = _decoder.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("Extra data", text, end)
        return value
    except UnicodeError:
        raise Mismatch("the body is not UTF-8") from None
    except RecursionError:
        raise Mismatch("the body is nested too deeply") from None
    except json.JSONDecodeError as error:
        problem = "the body is empty" if not text.strip() else f"the body is not JSON: {error}"
        raise Mismatch(problem) from None
    except ValueError:  # An integer has thousands of digits.
        raise Mismatch("the body contains a number that is too long") from None


def _check_utf_8(text: str) -> None:
    """Raise `UnicodeError` for a lone surrogate. The text is encoded in pieces, because a whole copy could be large."""
    for begin in range(0, len(text), 16_384):
        text[begin : begin + 16_384].encode()


def _has_19_digits(text: str | bytes) -> bool:
    packed = text if isinstance(text, bytes) else text.encode("ascii", "replace")
    return _19_DIGITS in packed.translate(_ALL_DIGITS_ZERO)


def dumps(payload: Any) -> bytes:
    """Return the JSON text of a payload. `json_values.plain` says what a payload may contain and what this raises."""
    try:
        value = plain(payload, PAYLOAD)
        text = json.dumps(value, ensure_ascii=False, **_COMPACT)
    except RecursionError:
        raise ValueError("the payload is nested too deeply, or contains itself") from None
    try:
        return text.encode()
    except UnicodeEncodeError:  # JSON can only escape a lone surrogate.
        return json.dumps(value, **_COMPACT).encode()


def _refuse_constant(name: str) -> Any:
    raise Mismatch(f"the body contains {name}, which is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise Mismatch("the body contains a number that is too large")
    return value


_19_DIGITS = b"0" * 19
_ALL_DIGITS_ZERO = bytes(48 if chr(byte).isdecimal() else 32 for byte in range(256))
_decoder = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
_COMPACT: Any = {"separators": (",", ":"), "check_circular": False}  # `plain` returns no cycles.
