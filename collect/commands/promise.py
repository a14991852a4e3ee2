"""`collect promise list|withdraw`."""

from typing import Annotated

import typer

from collect import options
from collect.commands import common
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.store import accounts, promises
from collect.views import promise as view

BROKEN = ("broken", "partly kept")


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    open_: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Only open ones whose day has come.")] = False,
    broken: Annotated[bool, typer.Option("--broken", help="Only those broken or kept in part.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """List promises by their day, with what was paid on each: worked out from dates and payments, on any day.

    A payment counts from the day of the promise through its day and some days of tolerance (promise.tolerance_days),
    and for one promise only. 'unverified' says that the newest ledger is too old to tell.

    Examples: collect promise list --due; collect promise list C-104 --as-of 2026-03-31
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if open_ + due + broken > 1:
        raise WrongUsage("--open, --due and --broken leave nothing together", "use one of them")
    with book.reading():
        day = common.as_of(desk, as_of).day
        holder = accounts.named(book, account) if account else None
        ids = [holder.id] if holder else promises.accounts_with(book, day)
        found = promises.standings(book, ids, day)
        holders = accounts.all_by_id(book, {one.account_id for one in found})
    if open_ or due:
        found = [one for one in found if one.standing.state == "open"]
    if due:
        found = [one for one in found if one.standing.promise.due_on <= day]
    if broken:
        found = [one for one in found if one.standing.state in BROKEN]
    found.sort(key=lambda one: (one.standing.promise.due_on, one.standing.promise.id))
    rows = [(holders[one.account_id], (one.currency, one.standing, one.agent)) for one in found]
    desk.show(view.listing(rows, f"Promises on {day}"))


@options.writes
def withdraw(
    ctx: typer.Context, number: Annotated[int, typer.Argument(metavar="ID", help="Number of the promise.")]
) -> None:
    """End a promise before its day, because it no longer holds; it stays in the list.

    Example: collect promise withdraw 4 --why "he says the buyer cancelled"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    account_id = promises.account_of(book, number)
    holder = accounts.all_by_id(book, [account_id])[account_id]
    stands = {one.standing.promise.id: one.standing for one in promises.standings(book, [account_id], book.today)}
    standing = stands.get(number)
    if standing is None or standing.state != "open":
        state = standing.state if standing else "taken back with its contact"
        raise Refused(f"only an open promise can be withdrawn: {number} is {state}", "see 'collect promise list'")
    with book.change("promise.withdraw", f"{holder.number} {number}", desk.why):
        promises.withdraw(book, number, book.today)
    desk.show(view.withdrawn(holder, number, desk.why, dry_run=desk.dry_run))
