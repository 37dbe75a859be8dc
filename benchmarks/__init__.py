"""What the SDK costs: `run.py` measures it, each other module one kind of row.

The extra `speed` is installed for the rows that tell what it brings. In the other rows the package must not find it.
"""

import os
import sys

if "WITH_SPEED" not in os.environ:
    sys.modules["orjson"] = None  # type: ignore[assignment]  # which makes `import orjson` raise ImportError
