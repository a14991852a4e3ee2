"""`collect pay`: money that came in, where it goes, and its receipt."""

from typing import Annotated

import typer

from collect import money, options, receipts
from collect.book import Book
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.errors import Busy, Refused, WrongUsage
from collect.receipts import Asked, Line, Proposal
from collect.records import Account
from collect.safe import safe
from collect.store import payments
from collect.store import receipts as kept
from collect.views import payment as view

Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="Money received, in major units; deductions add to it.")]
Mode = Annotated[str, typer.Option("--mode", metavar="|".join(receipts.MODES), help="How it was paid.")]
Reference = Annotated[
    str, typer.Option("--ref", metavar="TEXT", help="UTR, cheque number, or what else tells it apart.")
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day it was received.", show_default="today")]
For = Annotated[
    list[str] | None,
    typer.Option("--for", metavar="NUMBER", help="Item the payer means, before all others; may be repeated."),
]
Tds = Annotated[str, typer.Option("--tds", metavar="AMOUNT", help="Tax the payer deducted at source.")]
Deduct = Annotated[
    list[str] | None,
    typer.Option("--deduct", metavar="REASON=AMOUNT", help="What else was deducted: discount=100, bank-charge=25."),
]
Close = Annotated[str, typer.Option("--close", metavar="REASON", help="Write off the small difference it leaves.")]
Payer = Annotated[str, typer.Option("--payer", metavar="NAME", help="Who paid, where it was somebody else.")]
Again = Annotated[bool, typer.Option("--again", help="It is no duplicate: take it again.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@options.writes
def pay(
    ctx: typer.Context,
    account: options.Account,
    amount: Amount,
    mode: Mode = "other",
    reference: Reference = "",
    on: On = None,
    named: For = None,
    tds: Tds = "",
    deduct: Deduct = None,
    close: Close = "",
    payer: Payer = "",
    currency: options.Currency = None,
    again: Again = False,
    yes: Yes = False,
) -> None:
    """Take a payment: for what the payer names, then plan instalments, then the oldest due; the rest is unapplied.

    On a terminal it shows where the money goes and asks; off one, or with --yes, it does it. The amount is the money
    received; tax deducted at source and other deductions are lines of their own and are added to it.

    Examples: collect pay C-104 5,000 --mode upi --ref 412345678901; collect pay C-104 900 --tds 100 --for INV-88
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    code = money.currency_code(currency or book.currency)
    asked = Asked(
        code,
        money.positive(amount, code),
        desk.day(on, past=True) or book.today,
        one_of(mode, "mode of payment", receipts.MODES),
        reference,
        payer,
    )
    asked = asked._replace(deductions=_deductions(tds, deduct or (), code), named=tuple(named or ()), closing=close)
    shown = None
    if common.can_ask() and not yes:
        shown, again = _agreed(book, holder, asked, again=again)
    with book.change("pay", holder.number, desk.why):
        proposal, warnings = propose(book, holder, asked, again=again)
        if shown is not None and proposal != shown:
            raise Busy(f"the account has changed meanwhile: {holder.number}", "nothing was recorded; run it again")
        receipt = payments.take(book, holder, proposal)
    for warning in warnings:
        desk.screen.warn(warning)
    office = book.setting("book.name")
    desk.show(view.taken(holder, receipt, proposal, warnings, office, dry_run=desk.dry_run))


def propose(book: Book, holder: Account, asked: Asked, *, again: bool) -> tuple[Proposal, list[str]]:
    """Where the payment goes and what there is to warn of; Refused for a duplicate and for cash beyond the law."""
    if asked.received_on > book.today:
        raise WrongUsage(f"a payment of a day to come: {asked.received_on}", "a post-dated cheque: collect cheque add")
    twin = "" if again else kept.like(book, holder.id, asked)
    if twin:
        raise Refused(f"there is such a payment already: {twin}", "same account, amount, day and reference: --again")
    targets = payments.targets(book, holder, asked.currency)
    terms = payments.terms(book, holder, asked.currency)
    proposal = receipts.propose(asked, targets, terms, payments.plan_dues(book, holder))
    warnings = []
    if asked.mode == "cash":
        from collect import cashlimit

        warnings = cashlimit.judge(proposal, payments.cash_before(book, holder, proposal))
    if settled_on := payments.settled_like(book, holder, asked):
        money_in = money.Money(asked.amount_minor, asked.currency)
        warnings.append(f"the ledger settled {money_in} on {settled_on}: is that this payment?")
    if proposal.unapplied_minor:
        left = money.Money(proposal.unapplied_minor, asked.currency)
        warnings.append(f"{left} stands unapplied: see 'collect payment list --unapplied'")
    return proposal, warnings


def _agreed(book: Book, holder: Account, asked: Asked, *, again: bool) -> tuple[Proposal, bool]:
    """Show where the payment would go and ask; nothing is locked meanwhile."""
    twin = "" if again else kept.like(book, holder.id, asked)
    if twin:
        again = common.confirmed(f"{twin} has the same account, amount, day and reference. Take it again?")
        if not again:
            raise typer.Abort
    with book.reading():
        proposal, warnings = propose(book, holder, asked, again=again)
    for line in [*view.proposed(holder, proposal), *warnings]:
        typer.echo(safe(line), err=True)  # with --quiet too: nobody can agree to what is not shown
    if not common.confirmed("Take this payment?"):
        raise typer.Abort
    return proposal, again


def _deductions(tds: str, others: list[str] | tuple[str, ...], code: str) -> tuple[Line, ...]:
    first = (Line("tds", money.positive(tds, code), "TDS"),) if tds else ()
    return (*first, *(receipts.deduction(text, code) for text in others))
