"""`medusa sandbox`: run a store on this machine."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=9000, show_default=True, help="0 takes a free one.")
@click.option("--database", type=click.Path(dir_okay=False), metavar="FILE", help="Keeps the data.  [default: memory]")
@click.option("--empty", is_flag=True, help="Begin without orders and customers.")
def sandbox(port: int, database: str | None, empty: bool) -> None:
    """Run a store on this machine, to try things on, until Ctrl-C.

    \b
      medusa sandbox &
      medusa orders lookup --display-id 1 --email ada@example.com
      medusa auth login grace@example.com
    """
    try:
        from ..sandbox.__main__ import serve
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("medusa"):
            raise
        raise click.ClickException("the sandbox is not installed: pip install 'medusa-sdk[sandbox]'") from None
    try:
        serve(port, database, orders=not empty)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(str(error)) from None
