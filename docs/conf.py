"""Sphinx's settings: `make docs` builds the site."""

from __future__ import annotations

import builtins
import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

import medusa

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
    ("py:class", r"Retry|medusa\.client\.CopyOptions|medusa\.models\.base\._M"),
]


class CodeOrLink(SphinxRole):
    """What stands in single backticks in a docstring: code, and a link if it is a public name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        name = self.text.removeprefix("medusa.")
        if name.partition(".")[0] in medusa.__all__:
            link = f"{self.text} <medusa.{name}>"
            return XRefRole()("py:obj", self.rawtext, link, self.lineno, self.inliner, self.options, self.content)
        return [nodes.literal(self.rawtext, self.text)], []


def without_signature(
    app: Sphinx, what: str, name: str, of: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, None] | None:
    """Leave it out for errors, which users catch and don't make, and for models, whose fields are listed below."""
    is_model = isinstance(of, type) and issubclass(of, medusa.Model) and of not in (medusa.Model, medusa.Result)
    return ("", None) if signature and (what == "exception" or is_model) else None


def list_parameters(app: Sphinx, what: str, name: str, of: Any, options: Any, lines: list[str]) -> None:
    """Make a list of a paragraph that explains parameters: `one`: this. `other`: that."""
    paragraphs = "\n".join(lines).split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        if re.match("`[a-z_]+`: ", paragraph):
            items = re.split(r"(?<=\.) (?=`[a-z_]+`: )", paragraph.replace("\n", " "))
            paragraphs[place] = "\n".join(f"- {item}" for item in items)
    lines[:] = "\n\n".join(paragraphs).split("\n")


def leave_builtins_alone(app: Sphinx, doctree: nodes.document) -> None:
    """Or `object` in an annotation would be a link to `Order.object`."""
    for reference in list(doctree.findall(pending_xref)):
        if reference["refdomain"] == "py" and hasattr(builtins, reference["reftarget"]):
            reference.replace_self(nodes.Text(reference["reftarget"]))


def setup(app: Sphinx) -> None:
    app.add_role("code-or-link", CodeOrLink())
    app.connect("autodoc-process-signature", without_signature)
    app.connect("autodoc-process-docstring", list_parameters)
    app.connect("doctree-read", leave_builtins_alone)
