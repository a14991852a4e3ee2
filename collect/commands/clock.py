"""`collect report clocks`."""

from typing import Annotated

import typer

from collect import clocks as legal
from collect import options
from collect.book import Book
from collect.clocks import Clock
from collect.commands import common
from collect.dates import add_months
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.presets import rules_in_force
from collect.records import Account
from collect.store import accounts, gate
from collect.store import clocks as facts
from collect.store.postings import AsOf
from collect.views import clocks as view

AHEAD_MONTHS = 3
"""Limitation is told from so many months before its end."""


@options.report
def clocks(
    ctx: typer.Context,
    account: Annotated[
        str | None,
        typer.Argument(metavar="[ACCOUNT]", help="Only this account.", autocompletion=options.account_numbers),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those done or missed, too.")] = False,
    as_of: options.AsOf = None,
) -> None:
    """List legal clocks that run, the first to end first: cheques that came back, debts soon too old to sue for.

    They come from the presets chosen with 'collect policy use': in-ni138, in-limitation. Each shows its citation and
    how far it was verified. Dates from facts, never advice.

    Example: collect report clocks --all
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = common.as_of(desk, as_of)
        holder = accounts.named(book, account) if account else None
        found = _found(book, when, holder)
        holders = accounts.all_by_id(book, {account_id for account_id, _, _ in found})
    rows = [(holders[key], what, one) for key, what, one in found if everything or one.state == "running"]
    desk.show(view.listing(rows, when.day))


def _found(book: Book, when: AsOf, holder: Account | None) -> list[tuple[int, str, Clock]]:
    """Return (account id, receipt or item, clock) of every clock under the rules that the book has chosen."""
    chosen = gate.of(book)
    rules = {rule.kind: rule for rule in rules_in_force(chosen.presets, when.day, chosen.scope)}
    found: list[tuple[int, str, Clock]] = []
    if cheque := rules.get("cheque"):
        for one in facts.returned(book, when, holder):
            found += [(one.account_id, one.number, clock) for clock in legal.cheque(cheque, one.bounce, when.day)]
    if limitation := rules.get("limitation"):
        by = add_months(when.day, AHEAD_MONTHS - int(limitation.terms["months"]))
        for debt in facts.old_debts(book, when, by, holder):
            clock = legal.limitation(limitation, debt.due_on, debt.restarts, when.day)
            if clock.due_on <= add_months(when.day, AHEAD_MONTHS):
                found.append((debt.account_id, debt.number, clock))
    if not rules.keys() & {"cheque", "limitation"}:
        raise WrongUsage("no legal clocks are in force: book.policy", "choose some with 'collect policy use in-ni138'")
    return found
