"""`collect plan show|list|approve|cancel`: how plans stand, and what becomes of them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from collect import options, planning, settlements
from collect.book import Book
from collect.commands import common, plandraft
from collect.desk import Desk
from collect.errors import NotFound, Refused, WrongUsage
from collect.records import Account
from collect.store import accounts, budgets, items, waivers
from collect.store import plans as kept
from collect.store.plans import Kept
from collect.store.postings import AsOf
from collect.views import plans as view

Plan = Annotated[
    str,
    typer.Argument(metavar="PLAN", help="Its number, such as P7, or an account that has only one."),
]


@options.page
def show(ctx: typer.Context, plan: Plan, as_of: options.AsOf = None) -> None:
    """Show a plan: its instalments, what is paid, what is late, what comes next.

    --output also writes FILE.ics, the unpaid instalments for a calendar, and FILE.txt, the agreement to hand over.

    Examples: collect plan show P7 --output plan.xlsx; collect plan show P7 --output plan.ics
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        day = desk.day(as_of, past=True) or book.today
        one = found(book, plan, day)
        holder = accounts.all_by_id(book, [one.plan.account_id])[one.plan.account_id]
        about = shown(book, one, holder, day)
    if Path(desk.output).suffix.lower() in {".ics", ".txt"}:
        _hand_over(desk, book, one, about)
    else:
        desk.show(view.page("plan show", about))


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    late: Annotated[bool, typer.Option("--late", help="Those with an instalment that is late.")] = False,
    broken: Annotated[bool, typer.Option("--broken", help="Those broken or lapsed.")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Those waiting for approval.")] = False,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="Those with an instalment due by then: 7d, fri.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that have ended, too.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """List the plans that hold, and those that are broken.

    Examples: collect plan list --due 7d; collect plan list --late; collect plan list C-104 --all
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        day = desk.day(as_of, past=True) or book.today
        holder = accounts.named(book, account) if account else None
        plans = kept.kept(book, day, [holder.id] if holder else None)
        holders = accounts.all_by_id(book, {one.plan.account_id for one in plans})
    states = {state for state, asked in _states(late, broken, waiting) if asked}
    by = desk.day(due)
    rows = [
        (one.number, holders[one.plan.account_id], one.standing)
        for one in plans
        if (one.standing.state in states if states else everything or one.standing.state in {*kept.LIVE, "lapsed"})
        and (by is None or _due_by(one, by))
    ]
    desk.show(view.listing(rows, f"Plans on {day}"))


@options.page
@options.writes
def approve(ctx: typer.Context, plan: Plan) -> None:
    """Approve a settlement that somebody else asked for, within your limit and at least one level above them.

    Example: collect plan approve P7 --agent meena
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.change("plan.approve", plan, desk.why):
        one = found(book, plan, book.today, exact=True)
        if one.standing.state != "waiting for approval":
            raise Refused(
                f"not waiting for approval, it is {one.standing.state}: {one.number}", "see 'collect plan list'"
            )
        who = plandraft.staff(book, one.plan.currency)
        against = settlements.objections(
            one.plan, who.person(one.requested_by), who.person(book.agent), limits=who.limits
        )
        if against:
            raise Refused(f"this approval is refused: {against[0].why}", _hint(one, who.limits))
        kept.approve(book, one.plan, who.role(book.agent))
        waivers.after_payment(book, one.plan.account_id)
        about = _again(book, one)
    desk.show(view.page("plan approve", about, dry_run=desk.dry_run))


@options.page
@options.writes
def cancel(ctx: typer.Context, plan: Plan) -> None:
    """End a plan or settlement today; what was paid stays paid, and the items stand as they are. --why is required.

    Example: collect plan cancel P7 --why "debtor asked for it"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not desk.why:
        raise WrongUsage("ending a plan needs its reason", 'add --why "..."')
    with book.change("plan.cancel", plan, desk.why):
        one = found(book, plan, book.today, exact=True)
        if one.standing.state not in {*kept.LIVE, "lapsed"}:
            raise Refused(
                f"it has ended already, {one.number} is: {one.standing.state}", "see 'collect plan list --all'"
            )
        kept.cancel(book, one.plan)
        about = _again(book, one)
    desk.show(view.page("plan cancel", about, dry_run=desk.dry_run))


def found(book: Book, text: str, day: date, *, exact: bool = False) -> Kept:
    """The plan of that number, else the one plan that holds, or the last one, of an account so named.

    NotFound where there is none, or more than one that holds.
    """
    digits = text[1:] if text[:1] in {"P", "p"} else ""
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:
        plans = kept.kept(book, day, ids=[int(digits)])
        if plans:
            return plans[0]
        raise NotFound(f"no such plan on {day}: {text}", "see 'collect plan list --all'")
    holder = common.account_to_change(book, text) if exact else accounts.named(book, text)
    plans = kept.kept(book, day, [holder.id])
    holding = [one for one in plans if one.standing.state in kept.LIVE] or plans[-1:]
    if not holding:
        raise NotFound(f"no plan on account: {holder.number}", "see 'collect plan list', or agree on one")
    if len(holding) > 1:
        raise NotFound(f"more than one plan on account: {holder.number}", ", ".join(one.number for one in holding))
    return holding[0]


def shown(book: Book, one: Kept, holder: Account, day: date | None = None) -> view.Shown:
    """What stands on the page of a plan; its items with what was open on the day."""
    open_items = items.open_of(book, holder, AsOf(day or book.today))
    covered = [item for item in open_items if item.id in one.plan.item_ids]
    told = one.plan.kind == "plan"
    budget = budgets.latest(book, holder, one.plan.currency, day or book.today) if told else None
    return view.Shown(
        one.standing,
        holder,
        covered,
        one.number,
        one.every,
        one.requested_by,
        one.approved_by,
        one.posted_minor,
        planning.findings(one.plan, budget, one.every),
        plandraft.budget_notes(book, budget),
    )


def _again(book: Book, one: Kept) -> view.Shown:
    """The plan as it stands after what was just written."""
    assert one.plan.id is not None
    [now] = kept.kept(book, book.today, ids=[one.plan.id])
    return shown(book, now, accounts.all_by_id(book, [one.plan.account_id])[one.plan.account_id])


def _hand_over(desk: Desk, book: Book, one: Kept, about: view.Shown) -> None:
    """Write the calendar or the agreement."""
    from collect.files import agreement_out, ics_out
    from collect.files.atomic import replacing

    with replacing(Path(desk.output)) as file:
        if desk.output.lower().endswith(".ics"):
            count = ics_out.write(file, one.number, about.account, one.standing, book.now)
        else:
            office = book.setting("book.name")
            count = agreement_out.write(
                file, one.number, about.account, one.standing, about.items, office, one.grace_days
            )
    desk.say(f"wrote {desk.output} ({count:,} instalment{'' if count == 1 else 's'})")


def _states(late: bool, broken: bool, waiting: bool) -> list[tuple[str, bool]]:
    return [("late", late), ("broken", broken), ("lapsed", broken), ("waiting for approval", waiting)]


def _due_by(one: Kept, day: date) -> bool:
    return one.standing.next is not None and one.standing.next.instalment.due_on <= day


def _hint(one: Kept, limits: tuple[settlements.Limit, ...]) -> str:
    able = settlements.approver(one.plan, limits)
    return f"ask a {able.role} (level {able.level})" if able else "ask somebody else: --agent NAME is who approves"
