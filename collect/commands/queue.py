"""`collect queue` and `collect why`."""

import typer

from collect import options
from collect import queue as order
from collect.book import Book
from collect.commands import common
from collect.desk import Desk
from collect.errors import NotFound
from collect.store import accounts, standing
from collect.store import queue as facts
from collect.views import queue as view


@options.report
def queue(ctx: typer.Context) -> None:
    """Show whom to follow up today, the most urgent first, and why.

    Each account's place is a sum of points anyone can read: age, amount, newly overdue, disputed. 'collect why
    ACCOUNT' shows the sum; the weights are settings ('collect config show').
    """
    desk: Desk = ctx.obj
    book = desk.open()
    limit = 0 if desk.sort else desk.rows(int(book.setting("queue.limit"))) or 0
    with book.reading():
        waiting, promised = standing.waiting(book), standing.promised(book)
        found, count = facts.leading(book, common.as_of(desk), weights(book), limit, waiting.keys() | promised.keys())
        entries = order.rank(found, book.today, weights(book), limit)
        holders = accounts.all_by_id(book, {entry.facts.account_id for entry in entries})
        stands = standing.of(book, list(holders.values()))
    rows = [(entry, holders[entry.facts.account_id]) for entry in entries]
    title = f"Follow up on {book.today:%A} {book.today}"
    desk.show(view.queue(rows, stands, title, count - len(rows), notes=view.held(waiting, promised)))


@options.page
def why(ctx: typer.Context, account: options.Account) -> None:
    """Show why an account stands where it does in the queue: every term of its score.

    Example: collect why C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = accounts.named(book, account)
    found = facts.overdue(book, common.as_of(desk), [holder.id])
    if not found:
        raise NotFound(f"not in the queue, nothing is overdue: {holder.number}", f"see 'collect show {holder.number}'")
    desk.show(view.why(order.rank(found, book.today, weights(book)), holder))


def weights(book: Book) -> order.Weights:
    """Weights of the terms, from the settings."""
    return order.Weights(
        amount=float(book.setting("queue.amount_points")),
        amount_from=max(1, int(book.setting("queue.amount_from"))),
        age=float(book.setting("queue.age_points")),
        new=float(book.setting("queue.new_points")),
        disputed=float(book.setting("queue.disputed_points")),
    )
