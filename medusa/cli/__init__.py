"""The command `medusa`. It requires the extra `cli`."""

from __future__ import annotations

from .streams import discard_unwritten_output, open_closed_streams, write_error


def main() -> int:
    """Run the command line and return its exit code."""
    open_closed_streams()
    try:
        return _run()
    finally:
        discard_unwritten_output()


def _run() -> int:
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("medusa"):
            raise
        write_error("medusa: the command line is not installed: pip install 'medusa-sdk[cli]'")
        return 1
    except KeyboardInterrupt:
        return 130
    return run()
