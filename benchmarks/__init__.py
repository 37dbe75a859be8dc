"""Benchmarks of the SDK. `run.py` runs all of them; each other module measures one kind of row.

The extra `speed` is installed for the rows that show its effect. In all other rows the package must not find it.
"""

import os
import sys

if "WITH_SPEED" not in os.environ:
    sys.modules["orjson"] = None  # type: ignore[assignment]  # `import orjson` then raises ImportError.
