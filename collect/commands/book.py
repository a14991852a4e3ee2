"""`collect book init`, `info` and `check`."""

from typing import Annotated

import typer

from collect import book as books
from collect import config, options
from collect.desk import Desk
from collect.store import check as checks
from collect.store import summary
from collect.views import book as view


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
