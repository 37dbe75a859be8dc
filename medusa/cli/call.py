"""`medusa call`: call any method of the client. The options and help come from the method's signature and docstring."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import NoneType
from typing import Any, cast, get_origin

import click
from click.shell_completion import CompletionItem

from .. import Medusa
from .app import EXPAND, FIELDS
from .body import read_json
from .client import connected
from .hints import alternatives, keys_of, parameters_of, typed_dict
from .listing import Listing, selecting_id, write_to_file, write_to_stdout
from .method_help import key_rows, paragraphs, summary
from .methods import Method, find, hint, iterate_of, methods
from .query import read_query
from .results import plain_data, show_result

_TYPES: dict[type[Any], click.ParamType[Any]] = {int: click.INT, float: click.FLOAT, str: click.STRING}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Methods(click.Group):
    """A group with a command for each method. A command is created on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all methods."""
        with Medusa() as medusa:
            return [name for name, _ in methods(medusa)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of the method with this name."""
        with Medusa() as medusa:
            method = find(medusa, cmd_name)
            return MethodCommand(cmd_name, method, iterate_of(medusa, cmd_name)) if method else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first argument. If there is none, the error suggests similar names."""
        with Medusa() as medusa:
            if not ctx.resilient_parsing and not args[0].startswith("-") and not find(medusa, args[0]):
                ctx.fail(f"no such method{hint(medusa, args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List all methods, each on one line with the first sentence of its docstring."""
        with Medusa() as medusa:
            rows = [(name, summary(method)) for name, method in methods(medusa)]
        width, widest = formatter.width if sys.stdout.isatty() else None, max(len(name) for name, _ in rows)
        with formatter.section("Methods"):
            for name, text in rows:
                formatter.write(f"  {name:{widest}}  {text}"[:width] + "\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the methods whose names begin with the typed text."""
        with Medusa() as medusa:
            found = [CompletionItem(name, help=summary(each)) for name, each in methods(medusa, incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.command(cls=Methods, options_metavar="", subcommand_metavar="METHOD [IDS]... [OPTIONS]")
def call() -> None:
    """Call any method of the client by its Python name.

    The result is printed as a table on a terminal, and as JSON in a pipe or a file. `medusa call METHOD --help`
    explains a method and its options.

    \b
      medusa call products.list --query q=shirt
      medusa call carts.line_items.create cart_01G... --data @item.json
      medusa call products.list --all --output products.jsonl
    """


class MethodCommand(click.Command):
    """The command of a method. If the method returns a page of a list, `iterate` is the method for all pages."""

    def __init__(self, name: str, method: Method, iterate: Method | None) -> None:
        self.parameters = parameters_of(method)
        self.of_all = parameters_of(iterate) if iterate else self.parameters
        self.returns_all = iterate == method
        may_return_all = iterate is not None or name.rpartition(".")[2].startswith("list")
        params: list[click.Parameter | None] = [
            _click_parameter(each, parameter) for each, parameter in {**self.of_all, **self.parameters}.items()
        ]
        params += [_JSON] if not may_return_all else [_OUTPUT] if self.returns_all else [_ALL, _OUTPUT, _JSON]
        super().__init__(
            name,
            params=[param for param in params if param],
            callback=self._call,
            help=paragraphs(method),
            short_help=summary(method),
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments. If an option is a key of the query or the payload, the error says how to pass it."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            key = error.option_name.lstrip("-").replace("-", "_")
            for name, usage in (("query", f"--query {key}=VALUE"), ("payload", f"""--data '{{"{key}": VALUE}}'""")):
                kind = self._typed_dict(name)
                if kind and key in keys_of(kind):
                    raise click.UsageError(f"no such option: use {usage}", ctx) from None
            raise

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the keys of the query and of the payload below the options."""
        for name, title in (("query", "Names of --query"), ("payload", "Keys of --data")):
            kind = self._typed_dict(name)
            if kind and keys_of(kind):
                with formatter.section(title):
                    formatter.write_dl(key_rows(kind, in_brackets=name == "query"), col_max=40)

    def _typed_dict(self, name: str) -> type[Any] | None:
        return typed_dict(self.parameters[name].annotation) if name in self.parameters else None

    def _call(self, all_pages: bool = False, output: Path | None = None, as_json: bool = False, **given: Any) -> None:
        name = str(self.name)
        all_pages = all_pages or self.returns_all
        if output and (not all_pages or str(output) == "-"):
            raise click.UsageError("--output requires --all" if not all_pages else "--output must be a file")
        arguments = self._arguments(given, all_pages)
        with connected(click.get_current_context().obj, admin=name.startswith("admin.")) as medusa:
            if output:
                write_to_file(Listing.of(medusa, name, selecting_id(arguments)), output)
            elif all_pages:
                write_to_stdout(Listing.of(medusa, name, arguments))
            else:
                method = find(medusa, name)
                assert method
                show_result(plain_data(method(**arguments)), as_json)

    def _arguments(self, given: dict[str, Any], all_pages: bool) -> dict[str, Any]:
        """Return the given arguments of the method by name."""
        arguments: dict[str, Any] = {}
        for name, value in given.items():
            if value in (None, ()):
                continue
            if name not in (self.of_all if all_pages else self.parameters):
                relation = "cannot be used with" if all_pages else "requires"
                raise click.UsageError(f"--{name.replace('_', '-')} {relation} --all")
            if name == "query":
                value = read_query(value, self._typed_dict("query"))
            elif name == "payload":
                value = read_json(value, "--data")
            elif isinstance(value, tuple):
                value = list(cast("tuple[Path, ...]", value))
            arguments[name] = value
        return arguments


_HELP = {
    "expand": EXPAND,
    "fields": FIELDS,
    "page_size": "How many objects to request at a time if all pages are requested.",
    "start": "How many objects to skip if all pages are requested.",
    "read_ahead": "Request the next page while the current page is written, if all pages are requested.",
    "timeout": "How many seconds to wait at most.",
}
_JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print JSON on a terminal too.")
_ALL = click.Option(
    ["--all", "all_pages"], is_flag=True, help="Request all pages, and print each object as a line of JSON."
)
_OUTPUT = click.Option(
    ["--output"],
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all pages to this file. If the command was stopped, run it again to continue.",
)


def _click_parameter(name: str, parameter: inspect.Parameter) -> click.Parameter | None:
    """Return the argument or option for a parameter, or None if its type has no text form, for example a function."""
    kinds = [kind for kind in alternatives(parameter.annotation) if kind is not NoneType]
    is_required = parameter.default is parameter.empty
    if name == "custom_headers":
        return None
    if name == "query":
        text = "Can be given several times. Several values for the same name become a list."
        return click.Option([f"--{name}"], multiple=True, metavar="NAME=VALUE", help=text, required=is_required)
    if name == "payload":
        text = "The payload as JSON, @FILE to read a file, or - to read standard input."
        return click.Option(["--data", name], metavar="JSON", help=text, required=is_required)
    if parameter.kind is not parameter.KEYWORD_ONLY:
        is_file = any(get_origin(kind) is os.PathLike for kind in kinds)
        takes_many = any(get_origin(kind) in (Iterable, list) for kind in kinds)
        return click.Argument(
            [name],
            type=_FILE if is_file else click.STRING,
            nargs=-1 if takes_many else 1,
            required=is_required,
        )
    option, text = f"--{name.replace('_', '-')}", _HELP.get(name, "")
    if parameter.default:
        text = f"{text}  [default: {parameter.default}]".strip()
    if bool in kinds:
        flags = option if parameter.default is False else f"{option}/--no-{option[2:]}"
        return click.Option([flags, name], is_flag=True, default=None, help=text)
    kind = next((_TYPES[each] for each in kinds if each in _TYPES), None)
    return click.Option([option, name], type=kind, required=is_required, help=text) if kind else None
