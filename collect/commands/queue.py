"""`collect queue` and `collect why`."""

from collections.abc import Collection
from typing import Annotated

import typer

from collect import options
from collect import queue as order
from collect.book import Book
from collect.commands import common
from collect.desk import Desk
from collect.errors import NotFound
from collect.store import accounts, signals, standing, summary
from collect.store import queue as facts
from collect.store.postings import AsOf
from collect.views import queue as view

Assigned = Annotated[str | None, typer.Option("--assigned", metavar="NAME", help="Only accounts of this agent.")]
Territory = Annotated[str | None, typer.Option("--territory", metavar="T", help="Only accounts of this territory.")]
Held = Annotated[bool, typer.Option("--held", help="Show who is left alone today, and why.")]


@options.report
def queue(ctx: typer.Context, assigned: Assigned = None, territory: Territory = None, held: Held = False) -> None:
    """Show whom to follow up today, the most urgent first, and why.

    Each account's place is a sum of points anyone can read: age, amount, newly overdue, disputed, and what calls for
    work: a payment that bounced, a plan or a promise that was broken, a dispute past its day. 'collect why ACCOUNT'
    shows the sum; the weights are settings ('collect config show'). Who promised, keeps to a plan, waits for the next
    step, disputes all of it or has money that covers it is left alone: --held says who and why.
    """
    desk: Desk = ctx.obj
    book = desk.open()
    limit = 0 if desk.sort else desk.rows(int(book.setting("queue.limit"))) or 0
    as_of, points = common.as_of(desk), weights(book)
    with book.reading():
        day = signals.of_day(book, as_of)
        if held:
            holders = accounts.all_by_id(book, day.left_alone)
            desk.show(view.held([(holders[account], why) for account, why in day.left_alone.items()], book.today))
            return
        called = order.called(day.calls, points)
        found, count = _found(book, as_of, points, limit, (assigned, territory), (day.left_alone, called))
        entries = order.rank(found, book.today, points, limit, called)
        holders = accounts.all_by_id(book, {entry.facts.account_id for entry in entries})
        stands = standing.of(book, list(holders.values()))
        notes = view.notes(len(day.left_alone), signals.unapplied(book), summary.list_age(book))
    rows = [(entry, holders[entry.facts.account_id]) for entry in entries]
    title = f"Follow up on {book.today:%A} {book.today}"
    desk.show(view.queue(rows, stands, title, count - len(rows), notes=notes))


def _found(
    book: Book,
    as_of: AsOf,
    points: order.Weights,
    limit: int,
    whose: tuple[str | None, str | None],
    marked: tuple[Collection[int], Collection[int]],
) -> tuple[list[order.Facts], int]:
    """Return facts enough for the first places, and how many there are; `whose` is an agent and a territory, or any."""
    left_alone, called = marked
    if whose == (None, None):
        return facts.leading(book, as_of, points, limit, held=left_alone, called=called)
    ids = accounts.worked_by(book, *whose)
    found = [one for one in facts.overdue(book, as_of, ids) if one[0] not in left_alone]
    return found, len(found)


@options.page
def why(ctx: typer.Context, account: options.Account) -> None:
    """Show why an account stands where it does in the queue: every term of its score.

    Example: collect why C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = accounts.named(book, account)
    as_of, points = common.as_of(desk), weights(book)
    with book.reading():
        found = facts.overdue(book, as_of, [holder.id])
        day = signals.of_day(book, as_of)
    if not found:
        raise NotFound(f"not in the queue, nothing is overdue: {holder.number}", f"see 'collect show {holder.number}'")
    entries = order.rank(found, book.today, points, 0, order.called(day.calls, points))
    desk.show(view.why(entries, holder, day.left_alone.get(holder.id, "")))


def weights(book: Book) -> order.Weights:
    """Weights of the terms, from the settings."""
    return order.Weights(
        amount=float(book.setting("queue.amount_points")),
        amount_from=max(1, int(book.setting("queue.amount_from"))),
        age=float(book.setting("queue.age_points")),
        new=float(book.setting("queue.new_points")),
        disputed=float(book.setting("queue.disputed_points")),
        broken=float(book.setting("queue.broken_promise_points")),
        bounced=float(book.setting("queue.bounced_points")),
        plan=float(book.setting("queue.broken_plan_points")),
        dispute_late=float(book.setting("queue.dispute_late_points")),
    )
