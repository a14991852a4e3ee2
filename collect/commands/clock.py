"""`collect report clocks|interest|classes`: what the law adds to the calendar, to a debt, and to the name of a loan."""

from typing import TYPE_CHECKING, Annotated

import typer

from collect import clocks as legal
from collect import dates, options
from collect import interest as late
from collect.book import Book
from collect.commands import common
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.policy_classes import STANDARD
from collect.records import Account
from collect.store import accounts
from collect.store import clocks as kept
from collect.store import interest as debts
from collect.store.postings import AsOf
from collect.views import clocks as view

if TYPE_CHECKING:
    from collect.presets import Rule


@options.report
def clocks(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    everything: Annotated[bool, typer.Option("--all", help="Those done or missed, too.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """List legal clocks that run, the first to end first: cheques that came back, debts soon too old to sue for.

    They come from the presets chosen with 'collect policy use': in-ni138, in-limitation. Each shows its citation and
    how far it was verified. Debts are told of three months before their time is up, those of one account always. Dates
    from facts, never advice.

    Examples: collect report clocks --all; collect report clocks C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = _when(desk, as_of)
        _chosen(book, when, ("cheque", "limitation"), "legal clocks", "in-ni138")
        holder = accounts.named(book, account) if account else None
        found = [one for one in kept.all_of(book, when, holder) if everything or one.clock.state == "running"]
        holders = accounts.all_by_id(book, {one.account_id for one in found})
        left_out = debts.guessed(book)
    desk.show(view.listing([(holders[one.account_id], one.what, one.clock) for one in found], when.day, left_out))


@options.report
def interest(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    everything: Annotated[bool, typer.Option("--all", help="Those paid by now, but paid late, too.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """Show what the law adds to each debt that is late: interest to the end of the day, and fixed sums.

    The rules come from the presets chosen with 'collect policy use': in-msmed, uk-b2b, eu-b2b. Each line shows its
    days, its rate, its citation and how far that was verified; a rate that the preset does not know goes into the
    setting interest.rates. Only the principal of items bears interest, and what was paid comes off it on its day.
    Nothing is billed: 'collect item add' does that. Sums to check, never advice.

    Examples: collect report interest C-104; collect report interest --as-of 2026-03-31 --output interest.xlsx
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = _when(desk, as_of)
        rules = _chosen(book, when, tuple(late.RECKONED), "rules on late payment", "uk-b2b")
        holder = accounts.named(book, account) if account else None
        rows = charged(book, when, rules, holder, everything=everything)
        left_out = debts.guessed(book)
        holders = accounts.all_by_id(book, {debt.account_id for debt, _ in rows})
    desk.show(view.interest([(holders[debt.account_id], debt, one) for debt, one in rows], rules, left_out, when.day))


@options.report
def classes(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    everything: Annotated[bool, typer.Option("--all", help="Loans in no arrears, too.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """Show the regulator's class of each loan at the day-end, SMA-0 to NPA, and what it comes to next and when.

    It needs the preset in-irac. An account is a loan; accounts of one party are the loans of one borrower. The unpaid
    due date itself is day 1. One loan that is NPA makes all loans of its borrower so, until all their arrears of
    principal and interest are paid. From facts, never advice.

    Examples: collect report classes; collect report classes C-104 --as-of 2026-03-31
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = _when(desk, as_of)
        rule = _chosen(book, when, ("classes",), "rules on classes of loans", "in-irac")[0]
        holder = accounts.named(book, account) if account else None
        lent = debts.debts(book, when, _borrowed(book, holder), components=("principal", "interest"))
        holders = accounts.all_by_id(book, {one.account_id for one in lent})
        left_out = debts.guessed(book)
    found = legal.borrowers(rule, lent, holders.values(), when.day)
    rows = [
        (holders[key], one)
        for key, one in found.items()
        if (holder is None or key == holder.id) and (everything or holder or one.name != STANDARD)
    ]
    desk.show(view.classes(rows, rule, when.day, left_out))


def charged(
    book: Book, when: AsOf, rules: "list[Rule]", holder: Account | None, *, everything: bool
) -> list[tuple[late.Debt, late.Charge]]:
    """What these rules add to each debt of all accounts or of one; of debts paid by now only with `everything`."""
    return [
        (debt, one)
        for debt in debts.debts(book, when, None if holder is None else [holder])
        if everything or debt.open_minor(when.day) > 0
        for one in late.charges(rules, debt, when.day)
    ]


def _when(desk: Desk, day: str | None) -> AsOf:
    """The day a report shows; WrongUsage for one from which the law's months and years cannot be counted."""
    when = common.as_of(desk, day)
    return when._replace(day=dates.in_calendar(when.day))


def _chosen(book: Book, when: AsOf, kinds: tuple[str, ...], what: str, preset: str) -> "list[Rule]":
    """The rules of those kinds with the rates of the setting; WrongUsage where the book has chosen none."""
    rules = kept.with_rates(book, when, *kinds)
    if not rules:
        raise WrongUsage(f"no {what} are in force: book.policy", f"choose some with 'collect policy use {preset}'")
    return rules


def _borrowed(book: Book, holder: Account | None) -> list[Account] | None:
    """The accounts of the same borrower; None for all accounts."""
    if holder is None or not holder.party:
        return None if holder is None else [holder]
    return [one for one in accounts.everyone(book) if one.party == holder.party]
