"""`collect payment ...`: receipts looked up, printed again, moved, taken back, deposited and cleared."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from collect import money, options, receipts
from collect.book import Book
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.receipts import Receipt
from collect.records import Account, Item
from collect.safe import safe
from collect.store import accounts, items, payments
from collect.store import receipts as kept
from collect.views import payment as view
from collect.views import receipts as lists

Number = Annotated[str, typer.Argument(metavar="RECEIPT", help="Receipt number, such as R-00012; 12 will do.")]
Numbers = Annotated[list[str], typer.Argument(metavar="RECEIPT...", help="Receipt numbers, such as R-00012.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of it.", show_default="today")]
Reference = Annotated[str, typer.Option("--ref", metavar="TEXT", help="Number of the deposit slip or the bank's line.")]


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Received on this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Received on this day or before.")] = None,
    unapplied: Annotated[bool, typer.Option("--unapplied", help="Only those with money not applied yet.")] = False,
) -> None:
    """List the receipts in the order of their numbers; reversed ones stay and say so.

    Example: collect payment list --from 2026-03-01 --to 2026-03-31
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account) if account else None
        found = kept.listed(book, holder, desk.day(first, past=True), desk.day(last, past=True))
        found = [one for one in found if one.open_minor] if unapplied else found
        holders = accounts.all_by_id(book, {one.account_id for one in found})
    desk.show(lists.listing([(holders[one.account_id], one) for one in found]))


@options.page
def show(ctx: typer.Context, number: Number) -> None:
    """Show a receipt: its lines, where its money stands, what became of it, everything posted.

    Example: collect payment show R-00012
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        receipt, holder = _found(book, number)
        places, events = kept.places(book, receipt), kept.events(book, receipt)
        posted = kept.postings_of(book, receipt)
    desk.show(lists.story(holder, receipt, places, events, posted))


@options.page
def receipt(
    ctx: typer.Context,
    number: Number,
    file: Annotated[str, typer.Option("--file", metavar="FILE", help="Write the text to FILE as well.")] = "",
) -> None:
    """Print a receipt again, marked as a copy.

    Example: collect payment receipt R-00012 --file receipt.txt
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        found, holder = _found(book, number)
        shown = view.printed(found, holder, kept.places(book, found), book.setting("book.name"))
    if file:
        from collect.files.atomic import replacing

        with replacing(Path(file)) as out:
            out.write("".join(f"{safe(line)}\n" for line in shown.lines).encode())
        desk.say(f"wrote {file}")
    desk.show(shown)


@options.writes
def reverse(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="|".join(receipts.REASONS), help="Why.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day the money bounced.", show_default="today")
    ] = None,
    charge: Annotated[str, typer.Option("--charge", metavar="AMOUNT", help="Charge the debtor for the bounce.")] = "",
) -> None:
    """Take a receipt back: its items are open again at their own due dates; the receipt stays and says so.

    A mistake never was: it is undone on its own days. A bounce, a chargeback or a stopped cheque counts from its day.

    Examples: collect payment reverse R-12 --reason mistake; collect payment reverse R-12 --reason bounced --charge 300
    """
    desk: Desk = ctx.obj
    book = desk.open()
    reason = one_of(reason, "reason", receipts.REASONS)
    came = receipts.REASONS[reason]
    if not came and (on or charge):
        raise WrongUsage(f"a {reason} has no day and no charge of its own", "leave --on and --charge out")
    day = (desk.happened_on(on)) if came else None
    with book.change("payment.reverse", number, desk.why or reason):
        found, holder = _standing(book, number)
        if day:
            _day_of(found, day)
        minor = money.typed(charge, found.currency) if charge else 0
        places = kept.places(book, found)
        payments.reverse(book, found, reason, day)
        if day and minor:
            items.add(book, _charge(found, day, minor), day)
    desk.show(view.reversed_(holder, found, places, (reason, day or found.received_on), minor, dry_run=desk.dry_run))


@options.writes
def allocate(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Receipt number, or number of a credit note.")],
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="NUMBER", help="Item to pay, before others; may be repeated.")
    ] = None,
    unapplied: Annotated[bool, typer.Option("--unapplied", help="Apply it to nothing: the money stands by.")] = False,
    account: Annotated[str | None, typer.Option(metavar="ACCOUNT", help="Whose, where several have it.")] = None,
) -> None:
    """Move what a receipt or a credit note pays: to the items named, then to the oldest due. Deductions stay.

    Examples: collect payment allocate R-00012 --to INV-90; collect payment allocate CN-7
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if to and unapplied:
        raise WrongUsage("both --to and --unapplied", "choose one of them")
    with book.change("payment.allocate", number, desk.why):
        credit = payments.credit_named(book, number, common.account_to_change(book, account) if account else None)
        holder = accounts.all_by_id(book, [credit.account_id])[credit.account_id]
        standing = kept.applied(book, holder.id, credit.id)
        total = sum(pair.amount_minor for pair in standing) - credit.open_minor
        if total <= 0:
            raise Refused(f"nothing to apply: {number}", "it was reversed, or settled in the ledger")
        spread = payments.spread(book, holder, credit, standing, to or ())
        wanted = {} if unapplied else dict(spread.lines)
        payments.rearrange(book, credit, standing, wanted)
        places = kept.places_of(book, holder.id, credit.id)
    left = total - sum(wanted.values())
    desk.show(view.rearranged(holder, credit.number, credit.currency, places, left, dry_run=desk.dry_run))


@options.writes
def deposit(ctx: typer.Context, numbers: Numbers, on: On = None, reference: Reference = "") -> None:
    """Record that cash or cheques were deposited.

    Example: collect payment deposit R-00012 R-00013 --on yesterday --ref SLIP-8
    """
    _note(ctx.obj, numbers, "deposited", on, reference)


@options.writes
def clear(ctx: typer.Context, numbers: Numbers, on: On = None, reference: Reference = "") -> None:
    """Record that the bank has credited a deposit: the money is there for good.

    Example: collect payment clear R-00012 --on 2026-04-03
    """
    _note(ctx.obj, numbers, "cleared", on, reference)


@options.writes
def certificate(ctx: typer.Context, number: Number, reference: Reference, on: On = None) -> None:
    """Record that the certificate of tax deducted at source has come.

    Example: collect payment certificate R-00012 --ref 16A-2026-004
    """
    desk: Desk = ctx.obj
    book = desk.open()
    day = desk.happened_on(on)
    with book.change("payment.certificate", number, desk.why):
        found, _ = _standing(book, number)
        if all(line.kind != "tds" for line in found.lines):
            raise Refused(f"no tax was deducted: {found.number}", f"see 'collect payment show {found.number}'")
        if any(kind == "certificate" for _, kind, *_ in kept.events(book, found)):
            raise Refused(f"the certificate is there already: {found.number}", "see 'collect payment certificates'")
        kept.note(book, found, "certificate", _day_of(found, day), reference=reference)
    desk.show(view.noted("payment certificate", "certificate of", [found], day, reference, dry_run=desk.dry_run))


@options.report
def certificates(ctx: typer.Context) -> None:
    """List tax deducted at source whose certificate is still to come, the oldest first."""
    desk: Desk = ctx.obj
    rows = kept.certificates_due(desk.open())
    desk.show(lists.certificates(rows))


@options.report
def cash(ctx: typer.Context) -> None:
    """Show the cash each agent received and deposited, and what is still in hand."""
    desk: Desk = ctx.obj
    book = desk.open()
    desk.show(lists.cash(kept.in_hand(book, book.today)))


def _found(book: Book, number: str) -> tuple[Receipt, Account]:
    found = kept.get(book, number)
    return found, accounts.all_by_id(book, [found.account_id])[found.account_id]


def _note(desk: Desk, numbers: list[str], event: Literal["deposited", "cleared"], on: str | None, ref: str) -> None:
    """Note on each receipt what became of it, once."""
    book = desk.open()
    command = {"deposited": "deposit", "cleared": "clear"}[event]
    day = desk.happened_on(on)
    with book.change(f"payment.{command}", " ".join(numbers), desk.why):
        found = [_standing(book, number)[0] for number in numbers]
        for one in found:
            if earlier := one.deposited_on if event == "deposited" else one.cleared_on:
                raise Refused(f"{event} already: {one.number}", f"on {earlier}")
            kept.note(book, one, event, _day_of(one, day), reference=ref)
    desk.show(view.noted(f"payment {command}", event, found, day, ref, dry_run=desk.dry_run))


def _standing(book: Book, number: str) -> tuple[Receipt, Account]:
    """The receipt, which must not have been taken back."""
    found, holder = _found(book, number)
    if found.reversed_on:
        raise Refused(f"reversed already: {found.number}", f"on {found.reversed_on}, {found.reversed_for}")
    return found, holder


def _day_of(found: Receipt, day: date) -> date:
    """A day on which something became of a receipt: not before it was received."""
    if day < found.received_on:
        raise WrongUsage(f"before it was received: {day}", f"{found.number} was received on {found.received_on}")
    return day


def _charge(found: Receipt, day: date, minor: int) -> Item:
    """The charge for a bounce: an item of its own, due on the day of the bounce."""
    return Item(
        0, found.account_id, f"{found.number} charge", "fee", found.currency, day, day, disputed=False,
        open_minor=minor, amount_minor=minor,
    )  # fmt: skip
