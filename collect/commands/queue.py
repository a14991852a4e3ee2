"""`collect queue` and `collect why`."""

from typing import Annotated

import typer

from collect import options
from collect.commands import common, worklist
from collect.commands.worklist import KINDS, Wanted
from collect.desk import Desk
from collect.errors import NotFound
from collect.store import accounts, risk, signals, summary
from collect.views import queue as view

Assigned = Annotated[str | None, typer.Option("--assigned", metavar="NAME", help="Only accounts of this agent.")]
Territory = Annotated[str | None, typer.Option("--territory", metavar="T", help="Only accounts of this territory.")]
Held = Annotated[bool, typer.Option("--held", help="Show who is left alone today, and why.")]
Terms = Annotated[bool, typer.Option("--terms", help="Show the whole sum beside each row.")]
Bucket = Annotated[str, typer.Option(metavar="B", help="Only accounts whose oldest item is in it, such as 31-60.")]
Only = Annotated[
    str, typer.Option(metavar="KIND", help=f"One of: {', '.join(KINDS)}.", autocompletion=options.completing(KINDS))
]
Everyone = Annotated[bool, typer.Option("--all", help="All rows, and nobody left out.")]


@options.report
def queue(
    ctx: typer.Context,
    assigned: Assigned = None,
    territory: Territory = None,
    held: Held = False,
    terms: Terms = False,
    bucket: Bucket = "",
    only: Only = "",
    everyone: Everyone = False,
) -> None:
    """Show whom to follow up today, the most urgent first, and why.

    Each account's place is a sum of points anyone can read: age, amount, newly overdue and not contacted, disputed,
    likely to slip, and what calls for work: a payment that bounced, a plan or promise broken, a dispute past its day,
    a next step or stage due, a legal clock. 'collect why ACCOUNT' shows the sum; the weights are settings ('collect
    config show'). Who promised, keeps to a plan, waits for the next step, disputes all of it, has money that covers it
    or a cheque in clearing, or may not be contacted today at all, is left alone: --held says who, why and until when.
    What to ask for is what is overdue, less what is disputed or covered.

    Examples: collect queue --terms; collect queue --only broken --bucket 31-60
    """
    desk: Desk = ctx.obj
    book = desk.open()
    as_of = common.as_of(desk)
    limit = 0 if desk.sort or everyone else desk.rows(int(book.setting("queue.limit"))) or 0
    with book.reading():
        if held:
            left_alone = signals.of_day(book, as_of).left_alone
            holders = accounts.all_by_id(book, left_alone)
            desk.show(view.held([(holders[account], one) for account, one in left_alone.items()], book.today))
            return
        work = worklist.today(book, as_of, limit, Wanted(assigned, territory, bucket, only, everyone))
        left_alone = work.day.left_alone
        notes = view.notes(0 if everyone else len(left_alone), signals.unapplied(book), summary.list_age(book))
    rows = [(entry, work.holders[entry.facts.account_id]) for entry in work.entries]
    title = f"Follow up on {book.today:%A} {book.today}"
    beside = view.Beside(work.stands, work.day.agreed, left_alone, in_full=terms)
    desk.show(view.queue(rows, beside, title, work.found - len(rows), notes=notes))


@options.page
def why(ctx: typer.Context, account: options.Account) -> None:
    """Show why an account stands where it does in the queue: every term of its score, and what holds it back.

    Below stands what its risk score is the sum of.

    Example: collect why C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = accounts.named(book, account)
    with book.reading():
        work = worklist.of_account(book, common.as_of(desk), holder)
        reasons = risk.reasons(book, common.as_of(desk), holder.id)
    if not work.entries:
        raise NotFound(f"not in the queue, nothing is overdue: {holder.number}", f"see 'collect show {holder.number}'")
    desk.show(view.why(work.entries, holder, work.stands[holder.id], work.day.left_alone.get(holder.id), reasons))
