"""The published package: its public names, and its wheel and sdist, which need only their declared dependencies."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import medusa
from release import CONSTRAINTS, EXTRAS, REQUIRED, ROOT, UV, api, licences, names, options

LOWEST = [line.replace(">=", "==") for line in REQUIRED]

TOOLS = [
    *("hypothesis", "pysocks", "pytest", "pytest-httpserver", "pytest-xdist", "qs-codec", "requests-mock", "responses"),
    "trustme",
]
# The test modules that need more than the package and these tools, and what they need.
NEED_MORE = {
    "test_backend.py": "this checkout",
    "test_both_ways.py": "the extra speed",
    "test_celery.py": "Celery",
    "test_codings.py": "this checkout",
    "test_frozen_time.py": "freezegun",
    "test_fuzz.py": "atheris",
    "test_guides.py": "the pages",
    "test_imports.py": "this checkout",
    "test_niquests.py": "this checkout",
    "test_observability.py": "OpenTelemetry",
    "test_orjson.py": "the extra speed",
    "test_other_libraries.py": "those libraries",
    "test_package.py": "this checkout",
    "test_printing.py": "rich",
    "test_pages.py": "the pages",
    "test_recipe.py": "this checkout",
    "test_repeated_methods.py": "the pages",
    "test_sessions.py": "requests-cache",
    "test_site.py": "the pages",
    "test_structure.py": "this checkout",
    "test_tutorial.py": "the pages",
    "test_admin_twice_on_medusa.py": "a real backend",
    "test_money_on_medusa.py": "a real backend",
    "test_twice_on_medusa.py": "a real backend",
    "test_typed_payloads.py": "the type checkers",
    "test_typing.py": "this checkout",
}

Install = Callable[..., Path]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without this process's Python settings, and return what it prints."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1800
    )
    assert done.returncode == 0, f"{command} printed:\n{done.stdout}"
    return done.stdout


def pinned(requirements: tuple[str | Path, ...]) -> list[str]:
    """Return the lines of the constraints file, except for packages that these requirements pin themselves."""
    if "NEWEST" in os.environ:  # `make test-newest` sets this variable.
        return []
    own = {str(requirement).partition("==")[0].strip() for requirement in requirements}
    return [line for line in CONSTRAINTS.read_text().splitlines(keepends=True) if line.partition("==")[0] not in own]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return {"sdist": sdist, "wheel": wheel}


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Return a function that creates an environment with only these requirements, and returns its Python."""
    made: dict[tuple[str, ...], Path] = {}

    def install(*requirements: str | Path) -> Path:
        key = tuple(map(str, requirements))
        if key not in made:
            folder = tmp_path_factory.mktemp("environment")
            run(*UV, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
            made[key] = folder / "venv" / "bin" / "python"
            pins = folder / "constraints.txt"
            pins.write_text("".join(pinned(requirements)))
            run(*UV, "pip", "install", "--quiet", "--python", made[key], "-c", pins, *requirements, cwd=folder)
        return made[key]

    return install


# The public names.


def test_the_generated_modules_are_up_to_date() -> None:
    assert names.WRITTEN.read_text() == names.names_module(), "`__all__` of a module has changed: run `make api`"
    assert options.WRITTEN.read_text() == options.options_module(), "an option has changed: run `make api`"


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(
        rf"^## \[{re.escape(medusa.__version__)}\] - \d{{4}}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.M
    )


def test_the_mutation_tests_name_files_that_exist() -> None:
    mutmut = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
    named = [*mutmut["only_mutate"], *mutmut["pytest_add_cli_args_test_selection"], *mutmut["also_copy"]]
    assert [path for path in named if not [*ROOT.glob(path)]] == []


def test_the_public_api_is_the_recorded_one() -> None:
    recorded = api.SNAPSHOT.read_text().splitlines()
    changes = difflib.unified_diff(recorded, api.public_api().splitlines(), "recorded", "now", lineterm="", n=0)
    changed = "\n".join(changes)
    assert not changed, f"the public API has changed; if that is meant, run `make api` and tell users:\n{changed}"


def test_the_public_api_holds_what_the_pages_import() -> None:
    public = set(re.findall(r"^(?:(?:class|def|property|classmethod|staticmethod) )*([\w.]+)", api.public_api(), re.M))
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for module, imported in re.findall(r"^ *from (medusa(?:\.[\w.]+)?) import ([\w, ]+)", page.read_text(), re.M):
            assert {f"{module}.{name.strip()}" for name in imported.split(",")} <= public, page


def test_nothing_of_a_web_framework_is_imported_unless_asked_for() -> None:
    use = (
        "import sys, medusa; medusa.Medusa().orders, medusa.Order.from_dict({}); "
        "print({'django', 'flask', 'babel', 'medusa.contrib'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", use], check=True, capture_output=True, text=True).stdout
    assert printed == "set()\n"


def test_imports_where_there_is_no_fork() -> None:
    """The package works without `os.fork`, which Windows lacks. No test runs on Windows itself."""
    use = (
        "import os; del os.fork, os.register_at_fork; from medusa import *; from medusa.sandbox import SandboxStore\n"
        "with SandboxStore() as store: print(Medusa(store.url).orders.retrieve(store.orders[0].id).order.display_id)"
    )
    assert run(sys.executable, "-c", use, cwd=ROOT) == "1\n"


# The wheel and the sdist.


def test_what_the_archives_hold(built: dict[str, Path]) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *built.values(), cwd=ROOT)
    names = zipfile.ZipFile(built["wheel"]).namelist()
    assert {name.partition("/")[0] for name in names} == {"medusa", f"medusa_sdk-{medusa.__version__}.dist-info"}
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "medusa").rglob("*") if path.is_file()}
    ours = {name for name in ours if "__pycache__" not in name}
    assert "medusa/py.typed" in ours
    assert {name for name in names if name.startswith("medusa/")} == ours
    with tarfile.open(built["sdist"]) as sdist:
        files = {name.partition("/")[2] for name in sdist.getnames()}
    pages = {path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))}
    assert files >= ours | pages | {"LICENSE", "pyproject.toml", "setup.cfg"}
    assert not [name for name in files if name.startswith(("tests", "backend", "benchmarks"))]


@pytest.mark.once
@pytest.mark.lowest
def test_its_tests_pass_with_the_lowest_dependencies(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    """The tests pass outside this checkout with the lowest versions that setup.cfg allows.

    The tested wheel is built from the sdist.
    """
    python = install(built["wheel"], *LOWEST, *TOOLS)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    where = run(python, "-c", "import medusa; print(medusa.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(python.parents[1])
    files = [
        path.relative_to(tmp_path)
        for folder in (".", "faults")
        for path in sorted((tmp_path / "tests" / folder).glob("test_*.py"))
        if path.name not in NEED_MORE
    ]
    options = ["-q", "-n3", "-W", "error", "-o", "markers=once", "-m", "not once"]
    printed = run(python, "-m", "pytest", *options, *files, cwd=tmp_path)
    assert " passed" in printed
    assert "skipped" not in printed


@pytest.mark.once
def test_the_installed_package_is_typed(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "typing" / "test_usage.py", tmp_path)
    python = install(built["wheel"])
    run(sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "test_usage.py", cwd=tmp_path)


# Dependencies.


def modules(wheel: Path) -> list[str]:
    """Return the names of the wheel's modules, except for `__main__`."""
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py") and "__main__" not in name]
    return [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in names]


def missing(python: Path, names: list[str], cwd: Path) -> dict[str, str]:
    """Return the modules that cannot be imported, each with the module that it lacks."""
    code = """if True:
        import importlib, json, sys
        missing = {}
        for name in sys.argv[1:]:
            try:
                importlib.import_module(name)
            except ModuleNotFoundError as error:
                missing[name] = error.name
        print(json.dumps(missing))
    """
    found: dict[str, str] = json.loads(run(python, "-W", "error", "-c", code, *names, cwd=cwd))
    return found


def of_extra(name: str, extra: str) -> bool:
    """Return whether a module belongs to an extra, for example `medusa.sandbox.store` or `medusa.contrib.flask`."""
    return f"{name}.".startswith((f"medusa.{extra}.", f"medusa.contrib.{extra}."))


def test_four_dependencies_are_enough(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    assert [line.split()[0] for line in REQUIRED] == ["requests", "urllib3", "attrs", "cattrs"]
    python = install(built["wheel"])
    lacking = missing(python, modules(built["wheel"]), tmp_path)
    assert not [lack for lack in lacking.values() if lack.startswith("medusa")]
    assert lacking.pop("medusa.pytest_plugin") == "pytest"
    for name in lacking:
        assert name.startswith("medusa.contrib.") or any(of_extra(name, extra) for extra in EXTRAS)
    use = "import medusa; from medusa.codec.json_text import orjson; print(medusa.Order(id='order_1', total=1), orjson)"
    assert run(python, "-W", "error", "-c", use, cwd=tmp_path) == "<Order id='order_1' total=1> None\n"
    bare = subprocess.run([python.parent / "medusa"], capture_output=True, text=True, timeout=60)
    assert (bare.returncode, bare.stdout) == (1, "")
    assert bare.stderr == "medusa: the command line is not installed: pip install 'medusa-sdk[cli]'\n"


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_enough(built: dict[str, Path], install: Install, tmp_path: Path, extra: str) -> None:
    python = install(f"{built['wheel']}[{extra}]")
    ours = [name for name in modules(built["wheel"]) if of_extra(name, extra)]
    assert bool(ours) == (extra != "speed")
    assert missing(python, ours, tmp_path) == {}


def test_every_module_is_that_of_some_extra(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    left = set(modules(built["wheel"])) - {"medusa.pytest_plugin"}
    for extra in EXTRAS:
        left &= missing(install(f"{built['wheel']}[{extra}]"), sorted(left), tmp_path).keys()
    assert left == set()


def test_the_licences_are_those_of_the_page(built: dict[str, Path], install: Install) -> None:
    page = licences.page(lambda extra: install(f"{built['wheel']}[{extra}]" if extra else built["wheel"]))
    assert page == licences.PAGE.read_text(), "the dependencies or their licences have changed: run `make licences`"


def test_the_extra_speed_is_used(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    use = "from medusa.codec import json_text; print(json_text.orjson.__name__, json_text.loads(b'[1]'))"
    assert run(install(f"{built['wheel']}[speed]"), "-c", use, cwd=tmp_path) == "orjson [1]\n"


def test_the_command_of_the_extra_cli(built: dict[str, Path], install: Install, tmp_path: Path) -> None:
    command = install(f"{built['wheel']}[cli]").parent / "medusa"
    assert run(command, "--version", cwd=tmp_path) == f"medusa, version {medusa.__version__}\n"
