"""Run a command. An error is printed as one line and determines the exit code."""

from __future__ import annotations

import errno
import io
import re
import sys

import click

from .. import MedusaDecodeError, MedusaError
from . import admin, auth, call, orders, request, sandbox
from .app import EXIT_CODES, app, exit_code
from .receipt import plain
from .streams import write_error

for command in (orders.orders, auth.auth, admin.admin, call.call, request.request, sandbox.sandbox):
    app.add_command(command)


def run() -> int:
    """Run the command in `sys.argv` and return its exit code. An error is printed as one line on stderr."""
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        code: int | None = app.main(prog_name="medusa", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.NoArgsIsHelpError as error:
        write_error(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        # Extra arguments are not repeated in the message, because they may be secrets.
        message = error.format_message()
        message = re.sub(r"(unexpected extra arguments?) .*", r"\1", message, flags=re.DOTALL)
        path = error.ctx.command_path if error.ctx else "medusa"
        if isinstance(error, click.NoSuchOption) and any(error.option_name in option.opts for option in app.params):
            message, path = f"put `{error.option_name}` before the command", "medusa"
        return _fail(f"{message.rstrip('.')} (see `{path} --help`)", error.exit_code)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except click.Abort:
        return 130
    except MedusaError as error:
        return _fail(str(error), exit_code(error))
    except RecursionError:
        return _fail("the JSON is nested too deeply", EXIT_CODES[MedusaDecodeError])
    except BrokenPipeError:  # The reader of the output has stopped, for example `| head`.
        return 1
    except OSError as error:
        if error.errno == errno.EBADF:
            return _fail("the standard output is closed", 1)
        return _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part), 1)


def _fail(text: str, code: int) -> int:
    write_error(f"medusa: {plain(text)}")
    return code
