"""`collect dispute open|list|resolve`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from collect import disputes, money, options
from collect.book import Book
from collect.choices import one_of
from collect.commands import common
from collect.desk import Desk
from collect.disputes import Dispute, End, Part
from collect.errors import Refused, WrongUsage
from collect.money import Money
from collect.records import Account, Credit
from collect.store import accounts, items
from collect.store import disputes as kept
from collect.store.postings import AsOf
from collect.views import disputes as view

Key = Annotated[int, typer.Argument(metavar="NO", help="Number of the dispute, from 'collect dispute list'.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day it takes effect.", show_default="today")]


@options.writes
def open_(
    ctx: typer.Context,
    account: options.Account,
    reason: Annotated[str | None, typer.Option(metavar="CODE", help="Why: price, quantity, quality, paid ...")] = None,
    numbers: Annotated[
        list[str] | None,
        typer.Option("--item", metavar="NUMBER", help="Item it is about, else the whole account; may be repeated."),
    ] = None,
    amount: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="How much of the items.", show_default="all that is open")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who looks into it.", show_default="you")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="Day an answer was promised for.")] = None,
    documents: Annotated[
        list[str] | None, typer.Option("--document", metavar="REF", help="Paper it rests on; may be repeated.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What the debtor says.")] = "",
    reopens: Annotated[int | None, typer.Option(metavar="NO", help="Take this ended dispute up again.")] = None,
    currency: options.Currency = None,
) -> None:
    """Record a dispute on items, a part of their amount, or an account: that part is not chased and not paid.

    Reasons: price, quantity, quality, damaged, not-delivered, returned, discount, tax, duplicate, paid, not-mine,
    document, other. Money pays a disputed part only where the payer names the item.

    Example: collect dispute open C-104 --item INV-88 --amount 2,500 --reason price
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    who, papers = desk.agent if owner is None else owner, tuple(documents or ())
    with book.change("dispute.open", holder.number, desk.why):
        old = _over(book, holder, reopens)
        if reason is None and old is None:
            raise WrongUsage("a dispute needs its reason", f"add --reason with one of: {', '.join(disputes.REASONS)}")
        cur, parts = _parts(desk, book, holder, numbers, (amount, currency), old)
        code = disputes.reason(reason) if reason else old.reason if old else "other"
        one = Dispute(0, holder.id, cur, code, who, book.today, desk.day(by), note, parts, papers, reopens)
        one = one._replace(id=kept.add(book, one))
    named = kept.numbers(book, [one])
    desk.show(view.opened(holder, one, sorted(set(named.values())), dry_run=desk.dry_run))


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Only those past the day an answer was promised for.")] = False,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Only those that NAME looks into.")] = None,
    as_of: options.AsOf = None,
) -> None:
    """List disputes that are open, the longest late first.

    Example: collect dispute list --late
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        when = common.as_of(desk, as_of)
        holder = accounts.named(book, account) if account else None
        found = [one for one in kept.all_of(book, when, holder) if owner is None or one.owner == owner]
        overdue = disputes.past_their_day(found, when.day)
        others = [] if late else [one for one in found if one not in overdue and (everything or not one.end)]
        holders = accounts.all_by_id(book, {one.account_id for one in found})
        stands = kept.standings(book, when, found)
        rows = [(holders[one.account_id], one, _sum(stands.get(one.id, ()))) for one in [*overdue, *others]]
        desk.show(view.listing(rows, kept.numbers(book, found), when.day))


@options.writes
def resolve(
    ctx: typer.Context,
    key: Key,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="upheld, rejected or split.")],
    credit: Annotated[str | None, typer.Option(metavar="AMOUNT", help="With split: what is credited.")] = None,
    number: Annotated[str, typer.Option(metavar="NUMBER", help="Number of the credit note.")] = "",
    on: On = None,
) -> None:
    """End a dispute; --why is required.

    Upheld: a credit note over what is still open of the disputed part. Rejected: it is owed and chased again. Split:
    a credit note over the amount of --credit, the rest is owed.

    Example: collect dispute resolve 3 split --credit 1,000 --why "2 boxes damaged"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not desk.why:
        raise WrongUsage("the end of a dispute needs its reason", 'add --why "..."')
    how = one_of(outcome, "end of a dispute", disputes.OUTCOMES)
    day = desk.day(on, past=True) or book.today
    whose = kept.get(book, key).account_id
    holder = accounts.all_by_id(book, [whose])[whose]
    with book.change("dispute.resolve", f"{holder.number} {key}", desk.why):
        one = kept.get(book, key)
        disputes.check_end(one, day, book.today)
        kept.check_number(book, holder, number)
        amount = Money(money.typed(credit, one.currency), one.currency) if credit else None
        standing = kept.standings(book, common.as_of(desk), [one]).get(key, ())
        parts = disputes.credited(one, how, amount, standing)
        end = End(day, how, _sum(parts), desk.why)
        kept.end(book, one, end, _credit(book, holder, one.currency, number, end, parts))
        lines = kept.numbered(book, parts)
    desk.show(view.resolved(holder, one, end, lines, _sum(standing), dry_run=desk.dry_run))


def _over(book: Book, holder: Account, key: int | None) -> Dispute | None:
    """Return the ended dispute that is to be taken up again; refused where it is open, or was taken up already."""
    if key is None:
        return None
    old = kept.get(book, key)
    if old.account_id != holder.id:
        raise Refused(f"a dispute of another account: {key}", f"see 'collect dispute list {holder.number} --all'")
    again = kept.reopened_by(book, key)
    if old.end is None or again:
        raise Refused(f"the dispute is open: {again or key}", f"end it with 'collect dispute resolve {again or key}'")
    return old


def _parts(
    desk: Desk,
    book: Book,
    holder: Account,
    numbers: Sequence[str] | None,
    priced: tuple[str | None, str | None],
    old: Dispute | None,
) -> tuple[str, tuple[Part, ...]]:
    """Return the currency and what of each item is disputed; no parts where it is the account as a whole."""
    when = common.as_of(desk)
    named = [item for number in numbers or () for item in items.numbered(book, number, holder)]
    wanted = {item.id for item in named} or {part.item_id for part in (old.parts if old else ())}
    code = _currency(book, holder, {item.currency for item in named}, priced[1] or (old.currency if old else None))
    amount = Money(money.typed(priced[0], code), code) if priced[0] else None
    if amount and amount.minor <= 0:
        raise WrongUsage(f"not an amount above zero: {priced[0]}", "type what it is worth, without a sign")
    if amount and not wanted:
        raise WrongUsage(f"an amount of which item: {amount}", "add --item NUMBER")
    contested = kept.in_disputes(book, when, holder.id)
    left = kept.open_of(book, holder.id, code, when)
    free = [Part(item_id, minor - contested.get(item_id, 0)) for item_id, minor in left.items()]
    chosen = [part for part in free if not wanted or part.item_id in wanted]
    if old and old.parts and not (amount or named):
        chosen = list(disputes.again(old.parts, chosen))
    found = disputes.parts(amount, chosen)
    return code, found if wanted else ()


def _currency(book: Book, holder: Account, of_items: set[str], given: str | None) -> str:
    """The one currency a dispute is in: that of its items, the one given, the only one the account owes in."""
    codes = sorted(of_items | ({money.currency_code(given)} if given else set()))
    if len(codes) > 1:
        raise WrongUsage(f"items in several currencies: {', '.join(codes)}", "open a dispute for each currency")
    owed = {item.currency for item in items.open_of(book, holder, AsOf(book.today))}
    return codes[0] if codes else owed.pop() if len(owed) == 1 else book.currency


def _credit(book: Book, holder: Account, currency: str, number: str, end: End, parts: Sequence[Part]) -> int | None:
    """Give the credit note for what is upheld, and apply it to its items; returns its id."""
    if not end.credited_minor:
        return None
    minor = -end.credited_minor
    note = items.add_credit(book, Credit(0, holder.id, "credit note", number, currency, end.ended_on, minor, minor))
    for part in parts:
        items.apply(book, note, part.item_id, part.amount_minor)
    return note.id


def _sum(parts: Sequence[Part]) -> int:
    return sum(part.amount_minor for part in parts)
