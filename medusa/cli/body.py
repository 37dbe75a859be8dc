"""JSON that is an argument of a command, the name of a file, or the standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


def read_json(given: str, option: str) -> Any:
    """Return the JSON in this text, in `@FILE`, or in the standard input for `-` and `@-`."""
    hint = f"'{option}'"
    try:
        if given in ("-", "@-"):
            text = sys.stdin.read()
        else:
            text = Path(given[1:]).read_text("utf-8") if given[:1] == "@" else given
        return json.loads(text)
    except OSError as error:
        raise click.BadParameter(f"{given[1:]}: {error.strerror}", param_hint=hint) from None
    except ValueError as error:  # Its text says where, not what.
        raise click.BadParameter(f"is no JSON: {error}", param_hint=hint) from None
    except RecursionError:
        raise click.BadParameter("is nested too deeply", param_hint=hint) from None
