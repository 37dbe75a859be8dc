"""Sphinx's settings: `make docs` builds the site."""

from __future__ import annotations

import builtins
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import desc, pending_xref
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

import medusa
from medusa._names import HOMES
from medusa.contrib import carts

project = "medusa-sdk"
version = release = medusa.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = f"{project} {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_search_scorer = str(Path(__file__).parent / "search_scorer.js")
copyright = "the authors of medusa-sdk"

myst_heading_anchors = 3
default_role = "code-or-link"

autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
python_maximum_signature_line_length = 90
python_use_unqualified_type_names = True

nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(requests|urllib3|pytest|flask|django|werkzeug|collections|datetime|decimal|pathlib|typing)\b.*"),
    ("py:class", r"Retry|medusa\.models\.base\._M|medusa\.resources\.lazy\._T.*"),
]


REFERENCE = Path(__file__).parent / "reference"
"""The pages of the reference, which each build writes anew from the modules' `__all__`."""

TITLES = {
    "client": "Client",
    "resources": "Resources",
    "resources/admin": "Admin resources",
    "models": "Models",
    "errors": "Errors",
    "sandbox": "Sandbox",
    "contrib": "Django, Flask, carts, amounts",
}
INTRODUCTIONS = {
    "models": "The fields have the names of the JSON keys. A field that a response did not include is not loaded. "
    ":doc:`../loading` says which call loads which field.",
    "errors": ":doc:`../errors` says when each error is raised and what to do about it.",
    "sandbox": ":doc:`../testing` says how to test with the sandbox.",
    "contrib": ":doc:`../django` and :doc:`../flask` say how to set up the integrations. :doc:`../amounts` says "
    "how many digits a currency has.",
}
OF_EXTRAS = {
    "sandbox": ["sandbox", "pytest_plugin"],
    "contrib": ["contrib.django", "contrib.django.test", "contrib.flask", "contrib.carts", "contrib.money"],
}
"""The modules that `medusa` does not export, by page."""

OF_CARTS = [vars(carts)[name] for name in carts.__all__]

PACKAGES = ("models", "resources", "resources/admin")

SHARED = ("base", "custom", "lazy", "pages")
"""The modules of models/ and resources/ that share a page. Each other module has its own page."""


def write_reference(app: Sphinx) -> None:
    modules: dict[str, list[str]] = {page: [] for page in TITLES}
    for module in sorted(set(HOMES.values()), key=lambda module: (module.lstrip("_"), module[0] == "_")):
        modules.setdefault(_page(module), []).append(module)
    for page, listed in (modules | OF_EXTRAS).items():
        if listed or any(other.startswith(f"{page}/") for other in modules):
            _write_if_changed(REFERENCE / f"{page}.rst", _reference_page(page, listed))
    written = {REFERENCE / f"{page}.rst" for page in modules}
    for left_over in set(REFERENCE.rglob("*.rst")) - written:
        left_over.unlink()


def _page(module: str) -> str:
    """The page that describes a module: `models/order`, or `models` for `models.base`."""
    package, _, name = module.rpartition(".")
    if package.partition(".")[0] in ("models", "resources"):
        return (package if name in SHARED else module).replace(".", "/")
    return {"errors": "errors", "codec": "models"}.get(module.partition(".")[0], "client")


def _reference_page(page: str, modules: list[str]) -> str:
    title = TITLES.get(page) or _title(page.rpartition("/")[2])
    text = [title, "=" * len(title), "", INTRODUCTIONS.get(page, ""), ""]
    for module in modules:
        if len(modules) > 1 and page not in PACKAGES and not module.startswith("_"):
            text += [_title(module), "-" * len(_title(module)), ""]
        text += _entries(module)
    if page == "client":
        text += [".. autodata:: medusa.__version__", ""]
    if page in PACKAGES:
        text += [".. toctree::", "   :maxdepth: 1", "   :glob:", "", f"   {page.rpartition('/')[2]}/*", ""]
    return "\n".join(text)


def _title(module: str) -> str:
    return module.rpartition(".")[2].replace("_", " ").capitalize()


def _entries(module: str) -> list[str]:
    """The directives for the public names of a module, in the order of its source."""
    home = import_module(f"medusa.{module}")
    lines: list[str] = []
    for name in (name for name in vars(home) if name in home.__all__):
        value = vars(home)[name]
        if home is not carts and any(value is of_carts for of_carts in OF_CARTS):
            continue  # Django and Flask export this name too, and the page describes it once.
        path = f"medusa.{name}" if name in HOMES and HOMES[name] == module else f"medusa.{module}.{name}"
        if issubclass(type(value), type):  # isinstance() would check the object behind a proxy of Flask.
            is_error = issubclass(value, Exception)
            lines += [f".. autoexception:: {path}", "   :show-inheritance:"] if is_error else [f".. autoclass:: {path}"]
        elif type(value).__name__ in ("function", "FixtureFunctionDefinition"):
            lines.append(f".. autofunction:: {path}")
        else:
            docs = ModuleAnalyzer.for_module(f"medusa.{module}").find_attr_docs()
            lines += [f".. py:data:: {path}", "", *(f"   {line}" for line in docs["", name])]
        lines.append("")
    return lines


def _write_if_changed(path: Path, text: str) -> None:
    """Write a page if its text has changed, because Sphinx reads each page again that is newer than its last build."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class CodeOrLink(SphinxRole):
    """Text in single backticks in a docstring. It is shown as code, and a public name becomes a link."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        name = self.text.removeprefix("medusa.")
        if name.partition(".")[0] in medusa.__all__:
            link = f"{self.text} <medusa.{name}>"
            return XRefRole()("py:obj", self.rawtext, link, self.lineno, self.inliner, self.options, self.content)
        return [nodes.literal(self.rawtext, self.text)], []


def without_signature(
    app: Sphinx, what: str, name: str, of: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, None] | None:
    """Omit the signature of errors, because users only catch them, and of models, because their fields are listed."""
    is_model = isinstance(of, type) and issubclass(of, medusa.Model) and of not in (medusa.Model, medusa.Result)
    return ("", None) if signature and (what == "exception" or is_model) else None


def list_parameters(app: Sphinx, what: str, name: str, of: Any, options: Any, lines: list[str]) -> None:
    """Turn a paragraph that explains parameters, such as "`one`: this. `other`: that.", into a list."""
    paragraphs = "\n".join(lines).split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        if re.match("`[a-z_]+`: ", paragraph):
            items = re.split(r"(?<=\.) (?=`[a-z_]+`: )", paragraph.replace("\n", " "))
            paragraphs[place] = "\n".join(f"- {item}" for item in items)
    lines[:] = "\n\n".join(paragraphs).split("\n")


def leave_builtins_alone(app: Sphinx, doctree: nodes.document) -> None:
    """Remove the links of built-in names. Otherwise `object` in an annotation would link to `Order.object`."""
    for reference in list(doctree.findall(pending_xref)):
        if reference["refdomain"] == "py" and hasattr(builtins, reference["reftarget"]):
            reference.replace_self(nodes.Text(reference["reftarget"]))


def keep_contents_short(app: Sphinx, doctree: nodes.document) -> None:
    """Leave the fields of models and the keys of payloads out of the contents beside a page.

    A page has up to hundreds of them, between which nobody would find the methods. Sphinx copies the contents of all
    pages for each page, so the site is also built faster.
    """
    for described in doctree.findall(desc):
        if described["objtype"] == "attribute":
            described["no-contents-entry"] = True


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", write_reference)
    app.add_role("code-or-link", CodeOrLink())
    app.connect("autodoc-process-signature", without_signature)
    app.connect("autodoc-process-docstring", list_parameters)
    app.connect("doctree-read", leave_builtins_alone)
    app.connect("doctree-read", keep_contents_short, priority=400)  # Sphinx collects the contents at priority 500.
