"""`collect item list|show|add|credit|write-off`."""

from typing import Annotated

import typer

from collect import allocation, money, options
from collect.book import Book
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.records import Account, Credit, Item
from collect.store import accounts, items
from collect.views import item as view

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Document number.")]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="Amount in major units, such as 1,23,456.50.")]
Currency = Annotated[str | None, typer.Option("--currency", metavar="CUR", help="Currency.", show_default="the book's")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day it takes effect.", show_default="today")]


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
) -> None:
    """List open items, the longest overdue first."""
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        day = common.as_of(desk, as_of, known_on)
        holder = accounts.named(book, account) if account else None
        found = items.open_of(book, holder, day) if holder else items.all_open(book, day)
        holders = accounts.all_by_id(book, {item.account_id for item in found})
    desk.show(view.listing([(holders[item.account_id], item) for item in found], day.day))


@options.page
def show(
    ctx: typer.Context,
    number: Number,
    account: Annotated[str | None, typer.Option(metavar="ACCOUNT", help="Whose, where several have it.")] = None,
) -> None:
    """Show an item and everything posted on it.

    Example: collect item show INV-88
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account) if account else None
        found = items.numbered(book, number, holder)
        holders = accounts.all_by_id(book, {item.account_id for item in found})
        stories = [(holders[item.account_id], item, items.postings_of(book, item)) for item in found]
    desk.show(view.story(number, stories, book.today))


@options.writes
def add(
    ctx: typer.Context,
    account: options.Account,
    number: Number,
    amount: Amount,
    dated: Annotated[str | None, typer.Option(metavar="DATE", help="Document date.", show_default="today")] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="Due date.", show_default="document date + credit days")
    ] = None,
    currency: Currency = None,
    component: Annotated[
        str, typer.Option(metavar="PART", help="Which part of the debt: principal, interest, fee or penalty.")
    ] = "principal",
    disputed: Annotated[bool, typer.Option("--disputed", help="Mark it as disputed.")] = False,
) -> None:
    """Add an item that is owed: an invoice, an instalment, a charge.

    Example: collect item add C-104 INV-88 12,500 --dated 2026-03-01 --due 2026-03-31
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    item = _typed_item(desk, book, holder, number, (amount, currency), dated, due)
    item = item._replace(component=one_of(component, "part of a debt", allocation.COMPONENTS), disputed=disputed)
    if items.exists(book, item):
        raise Refused(f"there is such an item already: {number}", f"see 'collect item show {number}'")
    with book.change("item.add", f"{holder.number} {number}", desk.why):
        items.add(book, item, item.document_on or book.today)
    desk.show(view.added(holder, item, dry_run=desk.dry_run))


@options.writes
def credit(
    ctx: typer.Context,
    account: options.Account,
    amount: Amount,
    number: Annotated[str, typer.Option(metavar="NUMBER", help="Number of the credit note.")] = "",
    on: On = None,
    items_named: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="NUMBER", help="Item it is for, oldest due first; may be repeated."),
    ] = None,
    currency: Currency = None,
) -> None:
    """Record a credit note; it stands as unapplied unless --for names the items it is for.

    Example: collect item credit C-104 1,500 --number CN-7 --for INV-88
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    day = desk.happened_on(on)
    code = money.currency_code(currency or book.currency)
    minor = money.positive(amount, code)
    note = Credit(0, holder.id, "credit note", number, code, day, -minor, -minor)
    if number and items.credit_exists(book, note):
        raise Refused(f"there is such a credit already: {number}", f"see 'collect show {holder.number}'")
    open_items = [item for item in items.open_of(book, holder, common.as_of(desk)) if item.currency == code]
    chosen = allocation.allocate(minor, [_payable(item) for item in open_items], named=items_named or ())
    lines = chosen.lines if items_named else ()
    with book.change("item.credit", f"{holder.number} {number}".strip(), desk.why):
        kept = items.add_credit(book, note)
        for item_id, part in lines:
            items.apply(book, kept, item_id, part)
    by_id = {item.id: item for item in open_items}
    shown = [(by_id[item_id], part) for item_id, part in lines]
    desk.show(view.credited(holder, note, shown, dry_run=desk.dry_run))


@options.writes
def write_off(
    ctx: typer.Context,
    account: options.Account,
    number: Number,
    amount: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="How much.", show_default="all that is open")
    ] = None,
    on: On = None,
) -> None:
    """Write off what is open on an item, or a part of it; --why is required.

    Example: collect item write-off C-104 INV-88 --amount 0.50 --why "rounding difference"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not desk.why:
        raise WrongUsage("a write-off needs its reason", 'add --why "..."')
    holder = common.account_to_change(book, account)
    day = desk.happened_on(on)
    found = [item for item in items.numbered(book, number, holder) if item.open_minor > 0]
    left = sum(item.open_minor for item in found)
    if not found or len({item.currency for item in found}) > 1:
        raise Refused(f"nothing to write off: {number}", f"see 'collect item show {number}'")
    code = found[0].currency
    minor = money.positive(amount, code) if amount else left
    if minor > left:
        raise Refused(f"more than is open: {money.Money(minor, code)}", f"open is {money.Money(left, code)}")
    parts = allocation.allocate(minor, [_payable(item) for item in found], named=[number])
    with book.change("item.write-off", f"{holder.number} {number}", desk.why):
        for item_id, part in parts.lines:
            items.reduce(book, (holder.id, item_id), "write-off", money.Money(part, code), day)
    desk.show(view.written_off(holder, number, money.Money(minor, code), desk.why, dry_run=desk.dry_run))


def _typed_item(
    desk: Desk,
    book: Book,
    holder: Account,
    number: str,
    priced: tuple[str, str | None],
    dated: str | None,
    due: str | None,
) -> Item:
    code = money.currency_code(priced[1] or book.currency)
    document_on = desk.day(dated, past=True) or book.today
    minor = money.positive(priced[0], code)
    due_on, due_from = items.due_date(book, holder, document_on, desk.day(due))
    return Item(
        0, holder.id, number, "principal", code, document_on, due_on, disputed=False, open_minor=minor,
        amount_minor=minor, due_from=due_from,
    )  # fmt: skip


def _payable(item: Item) -> allocation.OpenItem:
    disputed = item.open_minor if item.disputed else 0
    return allocation.OpenItem(item.id, item.number, item.due_on, item.open_minor, item.component, disputed)
