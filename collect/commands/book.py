"""`collect book`: make it, look at it, prove it, copy it, and the trail of its changes."""

from pathlib import Path
from typing import Annotated

import typer

from collect import backups, config, options
from collect import book as books
from collect.commands import common
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.store import check as checks
from collect.store import summary
from collect.store import trail as record
from collect.trail import Wanted
from collect.views import book as view

_SHOWN = 50


@options.page
def init(
    ctx: typer.Context,
    currency: Annotated[str, typer.Option(metavar="CUR", help="Currency of amounts that name none.")] = "INR",
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Time zone of the office.", show_default="the currency's home")
    ] = None,
    policy: Annotated[str, typer.Option(metavar="PRESET", help="Conduct rules in force.")] = "policy",
    name: Annotated[str, typer.Option(metavar="TEXT", help="Whose receivables these are.")] = "",
) -> None:
    """Make a new, empty book.

    Example: collect book init --currency INR --name "Sharma Traders"
    """
    desk: Desk = ctx.obj
    money = config.checked("book.currency", currency)
    settings = {
        "book.name": name,
        "book.currency": money,
        "book.zone": config.checked("book.zone", zone or config.home_zone(money)),
        "book.policy": config.checked("book.policy", policy),
    }
    day, moment = desk.given_day(), desk.given_moment()
    with books.create(desk.book_path, settings, agent=desk.agent, today=day, now=moment) as book:
        desk.show(view.created(book.path, settings))


@options.page
def info(ctx: typer.Context) -> None:
    """Show what the book is, what it holds, and the limits in force."""
    desk: Desk = ctx.obj
    book = desk.open()
    from collect.files import limits

    desk.show(view.info(book.path, summary.of(book), limits.described()))


@options.report
def check(ctx: typer.Context) -> None:
    """Recompute everything the book keeps for speed, and prove it against the postings; exits 1 if anything differs."""
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        findings = checks.all_findings(book)
    desk.show(view.findings(findings))
    if any(not finding.ok for finding in findings):
        raise typer.Exit(1)


@options.page
def backup(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.")] = None,
) -> None:
    """Write a copy of the book and prove it: it is opened and checked like the book itself.

    Others may go on writing meanwhile. Without FILE it goes to the folder 'backups' beside the book. Nothing there is
    ever written over. Copying the file by other means while something is written can give a broken book.

    Example: collect book backup /media/stick/book-april.db
    """
    desk: Desk = ctx.obj
    book = desk.open()
    desk.show(view.backed_up(backups.take(book, file or backups.usual(book))))


@options.page
@options.writes
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the book; the book as it was is kept beside it, under another name.

    The backup is proved first and only read. One of another book is refused.

    Example: collect book restore backups/book-20260401-090500.db --why "laptop lost"
    """
    desk: Desk = ctx.obj
    path = desk.book_path
    if not (desk.dry_run or yes):
        if not common.can_ask():
            raise WrongUsage(f"cannot ask here: replace {path}", "pass --yes")
        found, earlier = backups.restore(path, file, dry_run=True)
        for line in ("This is what it would do:", *view.restored(path, found, earlier, dry_run=False).lines):
            desk.say(line)
        if not common.confirmed("Put it in place?"):
            raise typer.Abort
    found, earlier = backups.restore(path, file, agent=desk.agent, why=desk.why, dry_run=desk.dry_run)
    desk.show(view.restored(path, found, earlier, dry_run=desk.dry_run))


@options.report
def audit(
    ctx: typer.Context,
    subject: Annotated[str, typer.Option(metavar="TEXT", help="Only changes of this account, receipt, item ...")] = "",
    action: Annotated[str, typer.Option(metavar="TEXT", help="Only these, such as payment or item.credit.")] = "",
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on.")] = None,
) -> None:
    """List what was changed, by whom, when and why, the newest first; nothing is ever taken off this list.

    Example: collect book audit --subject C-104 --since 2026-03-01 --output trail.xlsx
    """
    desk: Desk = ctx.obj
    book = desk.open()
    wanted = Wanted(subject, action, desk.day(since, past=True))
    with book.reading():
        lines, count = record.of(book, wanted, desk.rows(_SHOWN))
    desk.show(view.trail(lines, count))
