"""The command `medusa`. It needs the extra `cli`; `main` says so where that is missing."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("medusa"):
            raise
        print("medusa: the command line is not installed: pip install 'medusa-sdk[cli]'", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return run()
