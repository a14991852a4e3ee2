"""`collect brief`."""

import typer

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
def brief(ctx: typer.Context) -> None:
    """Show the morning on one page: yesterday's result, what is to be seen to today, the top of the queue.

    To see to are legal clocks that run out, bounced payments, broken plans and promises, promises and instalments due,
    disputes past their day, stages to move, cheques to present, cash to deposit, and breaches without a reason. It is
    made for cron: the same book and day give the same text, and it exits 0 whatever there is to do.

    Example: collect brief
    """
    desk: Desk = ctx.obj
    book = desk.open()
    as_of = common.as_of(desk)
    with book.reading():
        work = worklist.today(book, as_of, TOP, Wanted())
        tasks = morning.tasks(book, as_of, work.day)
        before = morning.yesterday(book, book.today)
        holders = accounts.all_by_id(book, {one.account_id for one in tasks})
        notes = order.notes(len(work.day.left_alone), signals.unapplied(book), summary.list_age(book))
    rows = [(entry, work.holders[entry.facts.account_id]) for entry in work.entries]
    beside = order.Beside(work.stands, work.day.agreed, work.day.left_alone)
    queue = order.queue(rows, beside, "Follow up", work.found - len(rows))
    title = f"{book.today:%A} {book.today}"
    page = view.Morning(
        title, before.day.isoformat(), before.money, before.contacts, before.promises, tasks, queue, notes
    )
    desk.show(view.page(page, holders))
