"""Commands that check the package and write derived files before a release."""

import re
from configparser import ConfigParser
from pathlib import Path

import uv

ROOT = Path(__file__).parent.parent
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg")

UV = (uv.find_uv_bin(), "--system-certs")  # With this option, uv trusts the same certificates as pip.


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


REQUIRED = _lines(SETUP["options"]["install_requires"])
FOR_DEVELOPERS = ("bench", "demo", "dev", "docs", "shops")
EXTRAS = {name: _lines(text) for name, text in SETUP["options.extras_require"].items() if name not in FOR_DEVELOPERS}
"""The requirements of each extra for users."""

PYTHONS = re.findall(r"Python :: (3\.\d+)$", SETUP["metadata"]["classifiers"], re.MULTILINE)
"""The supported Pythons, the oldest first."""

CONSTRAINTS = ROOT / "release" / "constraints.txt"
"""The pinned versions, in lines of `name==version`. `make lock` writes this file."""
