"""`collect plan propose|agree|settle`: what is agreed with a debtor."""

from typing import Annotated

import typer

from collect import options, planning
from collect.book import Book
from collect.commands import common, plandraft, plansheet
from collect.commands.plandraft import Covered, Draft, Typed
from collect.desk import Desk
from collect.errors import Refused
from collect.records import Account
from collect.store import accounts, budgets
from collect.store import plans as kept
from collect.views import plans as view
from collect.views.sheet import Sheet

Number = Annotated[int | None, typer.Option("--count", metavar="N", min=1, help="How many instalments.")]
Amount = Annotated[str | None, typer.Option("--amount", metavar="AMOUNT", help="How much each, the last the rest.")]
Dates = Annotated[
    list[str] | None, typer.Option("--on", metavar="DATE", help="A day agreed on; may be repeated, in place of both.")
]
First = Annotated[
    str | None,
    typer.Option("--first", metavar="DATE", help="The first instalment.", show_default="a step from today"),
]
Every = Annotated[str, typer.Option("--every", metavar="week|fortnight|month", help="How often.")]
MonthDay = Annotated[
    str, typer.Option("--day", metavar="DAY", help="Day of the month: 1 to 31, last, or such as first-fri.")
]
Down = Annotated[str, typer.Option("--down", metavar="AMOUNT", help="A first payment, on top of the instalments.")]
Items = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="NUMBER", help="Item to cover; may be repeated.", show_default="all overdue"),
]
Interest = Annotated[
    str, typer.Option("--interest", metavar="RATE", help="Percent a year: 12, flat:12 or declining:12:30/360.")
]
Income = Annotated[str, typer.Option("--income", metavar="AMOUNT", help="Income of the household in a month.")]
Outgoings = Annotated[str, typer.Option("--outgoings", metavar="AMOUNT", help="What it spends in a month.")]
Priority = Annotated[
    str, typer.Option("--priority", metavar="AMOUNT", help="Spent besides on housing, food, power, tax, medicine.")
]
Household = Annotated[int, typer.Option("--household", metavar="N", min=1, help="How many live on it.")]
SaidBy = Annotated[str, typer.Option("--said-by", metavar="NAME", help="Who said so.", show_default="the debtor")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="What else was said of income and outgoings.")]
Replaces = Annotated[
    str, typer.Option("--replaces", metavar="PLAN", help="The plan it takes the place of, such as P7.")
]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar="CUR", help="Only items in it.", show_default="any one")
]


@options.page
def propose(
    ctx: typer.Context,
    account: options.Account,
    number: Number = None,
    amount: Amount = None,
    dates: Dates = None,
    first: First = None,
    every: Every = "month",
    month_day: MonthDay = "",
    down: Down = "",
    items: Items = None,
    currency: Currency = None,
    interest: Interest = "",
    income: Income = "",
    outgoings: Outgoings = "",
    priority: Priority = "",
    household: Household = 1,
    replaces: Replaces = "",
) -> None:
    """Work out a payment plan; nothing is written.

    Without --count, --amount or --on it lays three side by side: short, medium, and what the household can afford.

    Examples: collect plan propose C-104; collect plan propose C-104 --count 3 --first 2026-05-01
    """
    desk: Desk = ctx.obj
    book = desk.open()
    typed = Typed(
        *(number, amount, dates or (), first, every, month_day, down, interest, income, outgoings, priority, household)
    )
    with book.reading():
        holder = accounts.named(book, account)
        over = plandraft.covered(book, holder, items or (), currency, replaces)
        if number is None and amount is None and not dates and not down and not interest:
            desk.show(_side_by_side(desk, book, holder, over, typed))
            return
        draft = plandraft.draft(desk, book, holder, over, typed)
    desk.show(view.page("plan propose", draft.shown(holder, book.today)))


@options.page
@options.writes
def agree(
    ctx: typer.Context,
    account: options.Account,
    number: Number = None,
    amount: Amount = None,
    dates: Dates = None,
    first: First = None,
    every: Every = "month",
    month_day: MonthDay = "",
    down: Down = "",
    items: Items = None,
    currency: Currency = None,
    interest: Interest = "",
    income: Income = "",
    outgoings: Outgoings = "",
    priority: Priority = "",
    household: Household = 1,
    said_by: SaidBy = "",
    note: Note = "",
    replaces: Replaces = "",
) -> None:
    """Agree on a payment plan: its instalments sum to the debt exactly, and payments go to them first.

    Without --count, --amount or --on the instalments are what income less outgoings leaves. Months step from the first
    day: 31 January, 28 February, 31 March. A broken plan over the same items is replaced, one that holds only by
    --replaces.

    Examples: collect plan agree C-104 --count 3 --first 2026-05-01; collect plan agree C-104 --amount 500 --down 1000
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    typed = Typed(
        *(number, amount, dates or (), first, every, month_day, down, interest, income, outgoings, priority, household),
        *(said_by, note),
    )
    with book.change("plan.agree", holder.number, desk.why):
        over = plandraft.covered(book, holder, items or (), currency, replaces)
        draft = plandraft.draft(desk, book, holder, over, typed)
        if draft.said:
            budgets.add(book, holder, draft.said)
        shown = _agreed(book, holder, draft, "plan.grace_days")
    desk.show(view.page("plan agree", shown, dry_run=desk.dry_run))


@options.page
@options.writes
def settle(
    ctx: typer.Context,
    account: options.Account,
    pay: Annotated[str, typer.Option("--pay", metavar="AMOUNT|PERCENT", help="What is to be paid: 600, or 60%.")],
    by: Annotated[str, typer.Option("--by", metavar="DATE", help="The last day to pay.")],
    number: Annotated[int, typer.Option("--in", metavar="N", min=1, help="In how many payments.")] = 1,
    every: Every = "month",
    items: Items = None,
    currency: Currency = None,
    replaces: Replaces = "",
) -> None:
    """Offer a settlement: less than the debt, by a day. Somebody else must approve it before it holds.

    The rest is waived when the last agreed payment is in, and not before. When a payment is missed the settlement
    lapses by itself and the full debt stands again. Floors and limits of approval are settings.

    Example: collect plan settle C-104 --pay 60% --by 2026-06-30 --in 2
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    with book.change("plan.settle", holder.number, desk.why):
        over = plandraft.covered(book, holder, items or (), currency, replaces)
        draft = plandraft.settlement(desk, book, over, holder.id, pay, by, number, every)
        _refuse(draft.findings, desk.why)
        shown = _agreed(book, holder, draft, "settlement.grace_days")
    desk.show(view.page("plan settle", shown, dry_run=desk.dry_run))


def _side_by_side(desk: Desk, book: Book, holder: Account, over: Covered, typed: Typed) -> Sheet:
    """Three plans, and what each asks of the household."""
    asked, said = plandraft.parsed(desk, typed, over.debt.currency, holder)
    budget = said or budgets.latest(book, holder, over.debt.currency, book.today)
    found = planning.alternatives(
        holder.id, over.debt, asked, book.today, budget=budget, calendar=plandraft.days_off(book)
    )
    rows = [(name, plan, planning.findings(plan, budget, asked.every)) for name, plan in found]
    return view.alternatives(holder, rows, book.today, plandraft.budget_notes(book, budget))


def _agreed(book: Book, holder: Account, draft: Draft, grace: str) -> view.Shown:
    """Write what was agreed, and see how it stands."""
    old = draft.covered.replaced
    plan = draft.plan.replacing(old.plan.id if old else None)
    plan_id = kept.add(book, plan, draft.covered.items, draft.every, int(book.setting(grace)))
    [one] = kept.kept(book, book.today, ids=[plan_id])
    return plansheet.shown(book, one, holder)._replace(findings=draft.findings, notes=draft.notes)


def _refuse(findings: tuple[planning.Finding, ...], why: str) -> None:
    """Refused where a rule blocks a settlement, or wants a reason and there is none."""
    for one in findings:
        if one.verdict == "BLOCK":
            raise Refused(f"not within the rules of settlements: {one.why}", "see 'collect config show'")
        if one.verdict == "REASON" and not why:
            raise Refused(f"a settlement that needs its reason: {one.why}", f'{one.citation}: add --why "..."')
