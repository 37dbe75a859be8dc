"""`medusa sandbox`: run a sandbox store on this machine."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=9000, show_default=True, help="0 chooses a free port.")
@click.option(
    "--database",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Keep the data in this file.  [default: in memory]",
)
@click.option("--empty", is_flag=True, help="Start without the made-up shop: no products, customers or orders.")
def sandbox(port: int, database: str | None, empty: bool) -> None:
    """Run a sandbox store on this machine until Ctrl-C.

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
