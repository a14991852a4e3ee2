"""`collect demo`: a workbook, a book made from it, and the morning."""

import os
from pathlib import Path
from typing import Annotated

import typer

from collect import book as books
from collect import demo as invented
from collect import folders
from collect.commands import account, aging, imports, queue
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.files import demo_out
from collect.views.sheet import Done

SHOWN = "C133"
NAME = f"{invented.COMPANY} (demo)"


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to put the workbook and its book.")] = Path(
        "demo"
    ),
) -> None:
    """Make a book of invented debtors from a workbook it writes first, and show the morning.

    It is made anew each time; a book of your own is never touched.

    Example: collect demo ~/collect-demo
    """
    desk: Desk = ctx.obj
    if desk.book_path not in {folders.default_book(), Path(os.environ.get("COLLECT_BOOK", "")).expanduser()}:
        raise WrongUsage(f"the demo makes its own book: {desk.book_path}", "leave out --book, or name a FOLDER")
    workbook, path = folder / "outstanding.xlsx", folder / "book.db"
    _clear(path)
    settings = {"book.name": NAME, "book.currency": "INR", "book.zone": "Asia/Kolkata", "book.policy": "policy"}
    with books.create(path, settings, agent=desk.agent, today=desk.given_day(), now=desk.given_moment()) as made:
        demo_out.write(workbook, made.today)
    desk.book_path = path
    _typed(desk, f"collect import ledger {workbook}")
    imports.ledger(ctx, str(workbook))
    _typed(desk, "collect aging --by currency")
    aging.aging(ctx, by="currency")
    _typed(desk, "collect queue --limit 12")
    desk.limit = 12
    queue.queue(ctx)
    desk.limit = None
    _typed(desk, f"collect show {SHOWN}")
    account.show(ctx, SHOWN)
    desk.show(Done("demo", ["", f"To go on with it: export COLLECT_BOOK={path.resolve()}", ""], ()))


def _clear(path: Path) -> None:
    """Take away the demo made before; Refused where the file is somebody's own book."""
    if not path.exists():
        return
    with books.open_book(path) as old:
        if old.setting("book.name") != NAME:
            raise Refused(f"not a demo, so it stays as it is: {path}", "name another folder")
    path.unlink()


def _typed(desk: Desk, line: str) -> None:
    desk.show(Done("demo", ["", f"$ {line}", ""], ()))
