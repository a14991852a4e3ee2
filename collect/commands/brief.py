"""`collect brief`."""

from datetime import timedelta
from typing import Annotated

import typer

from collect import morning as today
from collect import options
from collect.commands import common, worklist
from collect.commands.worklist import Wanted
from collect.desk import Desk
from collect.store import accounts, morning, signals, summary
from collect.views import brief as view
from collect.views import queue as order

TOP = 10
"""Rows of the queue on the page."""


@options.page
def brief(
    ctx: typer.Context,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 where there is something to see to.")] = False,
) -> None:
    """Show the morning on one page: yesterday's result, what is to be seen to today, the top of the queue.

    To see to are legal clocks that run out, bounced payments, broken plans and promises, promises and instalments due,
    disputes past their day, stages to move, cheques to present, cash to deposit, and breaches without a reason: ten of
    a kind, the rest as a count; promises broken long ago (brief.broken_days) are counted, too. It is made for cron: the
    same book and day give the same text, and it exits 0 whatever there is to do, unless --exit-code is given.

    Examples: collect brief; collect brief --quiet --exit-code
    """
    desk: Desk = ctx.obj
    book = desk.open()
    as_of = common.as_of(desk)
    with book.reading():
        work = worklist.today(book, as_of, TOP, Wanted())
        tasks = morning.tasks(book, as_of, work.day)
        before = morning.yesterday(book, book.today)
        since = book.today - timedelta(days=int(book.setting("brief.broken_days")))
        shown = today.page(tasks, since.isoformat())
        holders = accounts.all_by_id(book, {one.account_id for one in shown})
        notes = order.notes(len(work.day.left_alone), signals.unapplied(book), summary.list_age(book))
    rows = [(entry, work.holders[entry.facts.account_id]) for entry in work.entries]
    beside = order.Beside(work.stands, work.day.agreed, work.day.left_alone)
    queue = order.queue(rows, beside, "Follow up", work.found - len(rows))
    title = f"{book.today:%A} {book.today}"
    page = view.Morning(title, before.day.isoformat(), *before[1:], shown, len(tasks), queue, notes)
    desk.show(view.page(page, holders))
    if exit_code and tasks:
        raise typer.Exit(1)
