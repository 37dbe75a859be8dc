"""Read JSON from an argument of a command, a file, or standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


def read_json(given: str, option: str) -> Any:
    """Return the parsed JSON. `given` is JSON, `@FILE`, or `-` or `@-` for standard input."""
    hint = f"'{option}'"
    try:
        if given in ("-", "@-"):
            text = sys.stdin.read()
        else:
            text = Path(given[1:]).read_text("utf-8") if given[:1] == "@" else given
        return json.loads(text)
    except OSError as error:
        raise click.BadParameter(f"{given[1:]}: {error.strerror}", param_hint=hint) from None
    except ValueError as error:  # The text of this error gives the position, but repeats no part of the JSON.
        raise click.BadParameter(f"must be valid JSON: {error}", param_hint=hint) from None
    except RecursionError:
        raise click.BadParameter("must not be nested so deeply", param_hint=hint) from None
