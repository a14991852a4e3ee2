"""`collect cheque add|list|present|return`: post-dated cheques, which are money only on their day."""

from typing import Annotated

import typer

from collect import cheques, money, options
from collect.book import Book
from collect.cheques import Cheque
from collect.commands import common, pay
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.receipts import Asked
from collect.records import Account
from collect.store import accounts, payments
from collect.store import cheques as drawer
from collect.store import receipts as kept
from collect.views import cheque as view
from collect.views import payment as paid

Number = Annotated[str, typer.Argument(metavar="CHEQUE", help="Number on the cheque.")]
Whose = Annotated[str | None, typer.Option("--account", metavar="ACCOUNT", help="Whose, where several have it.")]


@options.writes
def add(
    ctx: typer.Context,
    account: options.Account,
    amount: pay.Amount,
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help="Number on the cheque.")],
    due: Annotated[str, typer.Option("--due", metavar="DATE", help="Date on the cheque: it is presented then.")],
    bank: Annotated[str, typer.Option("--bank", metavar="NAME", help="Bank it is drawn on.")] = "",
    payer: pay.Payer = "",
    currency: options.Currency = None,
) -> None:
    """Keep a cheque until its day; no balance counts it before it is presented.

    Example: collect cheque add C-104 5,000 --number 000412 --due 2026-05-05
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    code = money.currency_code(currency or book.currency)
    due_on = desk.day(due) or book.today
    minor = money.positive(amount, code)
    if not number.strip():
        raise WrongUsage("a cheque needs its number", "it stands at the foot of the cheque")
    cheque = Cheque(0, holder.id, number.strip(), bank, code, minor, due_on, book.today, payer)
    with book.change("cheque.add", f"{holder.number} {number}", desk.why):
        drawer.add(book, cheque)
    desk.show(view.done("cheque add", "kept", holder, cheque, book.today, dry_run=desk.dry_run))


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DATE", help="Only those to be presented by that day.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those presented and returned too.")] = False,
) -> None:
    """List the cheques in the drawer by their day.

    Example: collect cheque list --by eom
    """
    desk: Desk = ctx.obj
    book = desk.open()
    last = desk.day(by)
    with book.reading():
        found = drawer.listed(book, accounts.named(book, account) if account else None, book.today)
        found = [one for one in found if (everything or not one.became) and (last is None or one.due_on <= last)]
        holders = accounts.all_by_id(book, {one.account_id for one in found})
    desk.show(view.listing([(holders[one.account_id], one) for one in found], book.today))


@options.writes
def present(
    ctx: typer.Context, number: Number, account: Whose = None, on: pay.On = None, named: pay.For = None
) -> None:
    """Present a cheque on its day: it becomes a receipt, deposited and not yet cleared.

    Example: collect cheque present 000412
    """
    desk: Desk = ctx.obj
    book = desk.open()
    day = desk.happened_on(on)
    with book.change("cheque.present", number, desk.why):
        cheque, holder = _found(book, number, account)
        cheques.check_presentable(cheque, day)
        asked = Asked(cheque.currency, cheque.amount_minor, day, "cheque", cheque.number, cheque.payer)
        proposal, warnings = pay.propose(book, holder, asked._replace(named=tuple(named or ())), again=True)
        receipt = payments.take(book, holder, proposal)
        kept.note(book, receipt, "deposited", day)
        drawer.ended(book, cheque, "presented", day, receipt)
    office = book.setting("book.name")
    desk.show(paid.taken(holder, receipt, proposal, warnings, office, dry_run=desk.dry_run))


@options.writes
def return_(ctx: typer.Context, number: Number, account: Whose = None, on: pay.On = None) -> None:
    """Give a cheque back unpresented: it was replaced, or paid otherwise.

    Example: collect cheque return 000412 --why "paid by UPI"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    day = desk.happened_on(on)
    with book.change("cheque.return", number, desk.why):
        cheque, holder = _found(book, number, account)
        cheques.check_open(cheque)
        drawer.ended(book, cheque, "returned", day)
    desk.show(view.done("cheque return", "returned", holder, cheque, day, dry_run=desk.dry_run))


def _found(book: Book, number: str, account: str | None) -> tuple[Cheque, Account]:
    holder = common.account_to_change(book, account) if account else None
    cheque = drawer.numbered(book, number, holder)
    return cheque, holder or accounts.all_by_id(book, [cheque.account_id])[cheque.account_id]
