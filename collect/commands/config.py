"""`collect config show|set`."""

from typing import Annotated

import typer

from collect import config, options
from collect.desk import Desk
from collect.store import settings
from collect.views import config as view


@options.report
def show(ctx: typer.Context) -> None:
    """Show every setting, its value, and what it means."""
    desk: Desk = ctx.obj
    desk.show(view.settings(desk.open().settings))


@options.writes
def set_(
    ctx: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="SETTING", help="Its name.", autocompletion=lambda: list(config.SETTINGS))
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it shall be.")],
) -> None:
    """Change a setting of this book.

    Example: collect config set aging.buckets 15,30,45,60,90
    """
    desk: Desk = ctx.obj
    book = desk.open()
    checked = config.checked(key, value)
    before = book.setting(key)
    with book.change("config.set", key, desk.why):
        settings.put(book, key, checked)
    desk.show(view.changed(key, before, checked, dry_run=desk.dry_run))
