"""`collect account reconcile`: our balance, the ledger's last figure, and why they differ."""

from typing import Annotated

import typer

from collect import options, reconciling
from collect.desk import Desk
from collect.store import accounts
from collect.store import reconcile as store
from collect.views import reconcile as view


@options.report
def reconcile(
    ctx: typer.Context,
    account: Annotated[
        str | None, typer.Argument(metavar="[ACCOUNT]", help="One account line by line, else all that differ.")
    ] = None,
) -> None:
    """Compare our balance with the ledger's last figure and explain the difference line by line.

    Payments the ledger does not show yet, what we took back, credits it holds elsewhere, items it never listed; what
    nothing explains is shown as such.

    Examples: collect account reconcile; collect account reconcile C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account) if account else None
        listed_on = store.last_list(book)
        sides = store.sides(book, holder.id if holder else None)
        holders = accounts.all_by_id(book, {owner for owner, _ in sides})
    found = [
        (holders[owner], reconciling.reconcile(currency, both.things, both.moves, listed_on))
        for (owner, currency), both in sides.items()
    ]
    if holder:
        desk.show(view.story(holder, [one for _, one in found], listed_on))
    else:
        desk.show(view.listing(found, listed_on))
