"""What is installed: the public names, and a wheel that works where there is nothing but its four dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import medusa
from medusa import errors, models

ROOT = Path(__file__).parent.parent


def test_every_public_name_can_be_imported_and_is_listed() -> None:
    for name in medusa.__all__:
        assert getattr(medusa, name) is not None
    assert dir(medusa) == sorted(medusa.__all__)
    assert len(set(medusa.__all__)) == len(medusa.__all__)
    assert set(medusa.__all__) == {"__version__", *medusa._HOMES}


def test_no_model_and_no_error_is_missing_from_the_public_names() -> None:
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and name.endswith("Error")}
    assert set(medusa.__all__) >= defined | set(models.__all__)


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    assert not hasattr(medusa, "Orders")


def test_nothing_of_a_web_framework_is_imported_unless_asked_for() -> None:
    use = (
        "import sys, medusa; medusa.Medusa().orders, medusa.Order.from_dict({}); "
        "print({'django', 'flask', 'babel', 'medusa.contrib'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", use], check=True, capture_output=True, text=True).stdout
    assert printed == "set()\n"


def test_the_wheel_installs_with_four_dependencies_alone(tmp_path: Path) -> None:
    def run(*command: str | Path, cwd: Path = tmp_path) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(
            command, cwd=cwd, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=300
        ).stdout

    run(sys.executable, "-m", "build", "--quiet", "--wheel", "--outdir", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "medusa/py.typed" in names
    assert {name.partition("/")[0] for name in names} == {"medusa", f"medusa_sdk-{medusa.__version__}.dist-info"}

    run(sys.executable, "-m", "venv", "venv")
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    requires = (
        "from importlib.metadata import requires; "
        "print(*[line for line in requires('medusa-sdk') if 'extra ==' not in line], sep='\\n')"
    )
    listed = {line.split(">")[0].strip() for line in run(python, "-c", requires).splitlines()}
    assert listed == {"requests", "urllib3", "attrs", "cattrs"}
    use = (
        "import medusa; "
        "order = medusa.Order.from_dict({'id': 'order_1', 'total': 100}); "
        "print(medusa.__file__, order, medusa.Medusa().orders)"
    )
    printed = run(python, "-W", "error", "-c", use)
    assert str(tmp_path) in printed
    assert "<Order id='order_1' total=100>" in printed

    command = tmp_path / "venv" / "bin" / "medusa"
    bare = subprocess.run([command], capture_output=True, text=True, timeout=60)
    assert bare.returncode == 1
    assert bare.stderr == "medusa: the command line is not installed: pip install 'medusa-sdk[cli]'\n"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[cli]")
    assert run(command, "--version") == f"medusa, version {medusa.__version__}\n"
