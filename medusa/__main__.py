"""Run the command line with `python -m medusa`."""

import sys

from .cli import main

sys.exit(main())
