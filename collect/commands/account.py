"""`collect account list|show|set`, `collect show` and `collect find`."""

from typing import Annotated

import typer

from collect import aging as ages
from collect import config, options
from collect.commands import common
from collect.desk import Desk
from collect.errors import NotFound, Refused, WrongUsage
from collect.records import Account
from collect.store import accounts, items, planned, search
from collect.views import account as view

CreditDays = Annotated[
    int | None, typer.Option(metavar="N", min=0, max=3650, help="Days to pay where no due date is stated.")
]


@options.report
def list_(ctx: typer.Context, as_of: options.AsOf = None, known_on: options.KnownOn = None) -> None:
    """List the accounts with what they owe."""
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        rows = items.owed_by_account(book, common.as_of(desk, as_of, known_on))
    desk.show(view.listing(rows))


@options.page
def show(
    ctx: typer.Context, account: options.Account, as_of: options.AsOf = None, known_on: options.KnownOn = None
) -> None:
    """Show one account's whole story: what it owes by age, promises, contacts, holds, how and when to reach them."""
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account)
        day = common.as_of(desk, as_of, known_on)
        open_items = items.open_of(book, holder, day)
        credits_ = items.open_credits(book, day, holder)
        names = accounts.other_names(book, holder)
        plans = planned.of(book, holder.id, day.day)
    buckets = ages.Buckets(config.bucket_edges(book.setting("aging.buckets")))
    page = view.story(holder, names, (open_items, credits_), day.day, buckets)
    if plans:
        from collect.views import plans as plan_view

        sheet = plan_view.of_account([(one.number, holder, one.standing) for one in plans])
        page = page._replace(sheets={**page.sheets, "plans": sheet})
    from collect.commands import dealings, received

    with book.reading():
        page = dealings.beside(received.beside(page, book, holder, day.day), book, holder, day.day)
    desk.show(page)


@options.writes
def add(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Customer or loan number, as the ledger has it.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="Name of the debtor.", show_default="the number")] = "",
    assigned: Annotated[str, typer.Option(metavar="NAME", help="Agent who works the account.")] = "",
    territory: Annotated[str, typer.Option(metavar="TEXT", help="Territory or route.")] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="Phone number.")] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="E-mail address.")] = "",
    credit_days: CreditDays = None,
) -> None:
    """Add an account by hand; a ledger that is imported brings its own.

    Example: collect account add C-104 --name "Mehta Hardware" --phone "+91 98200 00000"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not number.strip():
        raise WrongUsage("an account needs a number", "use the customer's number in the ledger")
    if accounts.ids_by_number(book).get(number):
        raise Refused(f"there is such an account already: {number}", f"see 'collect show {number}'")
    account = Account(0, number, name or number, assigned, territory, phone, email, credit_days)
    with book.change("account.add", number, desk.why):
        accounts.add(book, account)
    desk.show(view.added(account, dry_run=desk.dry_run))


@options.writes
def set_(
    ctx: typer.Context,
    account: options.Account,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="Name of the debtor.")] = None,
    assigned: Annotated[str | None, typer.Option(metavar="NAME", help="Agent who works the account.")] = None,
    territory: Annotated[str | None, typer.Option(metavar="TEXT", help="Territory or route.")] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help="Phone number.")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="E-mail address.")] = None,
    credit_days: CreditDays = None,
    party: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose it is: accounts of one person have one party.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE[,ZONE]", help="Time zones the debtor may be in, the likeliest first.")
    ] = None,
    state: Annotated[str | None, typer.Option(metavar="CODE", help="State the debtor lives in.")] = None,
    postcode: Annotated[str | None, typer.Option(metavar="CODE", help="Postcode or PIN.")] = None,
    language: Annotated[str | None, typer.Option(metavar="NAME", help="Language to speak.")] = None,
) -> None:
    """Change what is known of an account; the audit trail keeps the old value.

    Example: collect account set C-104 --assigned Priya --phone "+91 98200 00000"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    given = {
        "name": name,
        "agent": assigned,
        "territory": territory,
        "phone": phone,
        "email": email,
        "credit_days": credit_days,
        "party": party,
        "zone": ",".join(config.zone_name(one.strip()) for one in zone.split(",")) if zone else zone,
        "state": state,
        "postcode": postcode,
        "language": language,
    }
    values = {key: value for key, value in given.items() if value is not None}
    if not values:
        raise WrongUsage("nothing to change", "name at least one of --name, --assigned, --territory, --phone ...")
    holder = common.account_to_change(book, account)
    with book.change("account.set", holder.number, desk.why):
        changed = accounts.put(book, holder, values)
    desk.show(view.changed(holder, changed, dry_run=desk.dry_run))


@options.report
def find(
    ctx: typer.Context, text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of a number, name or phone.")]
) -> None:
    """Find accounts by number, name or phone, and items by the beginning of their number.

    Example: collect find mehta
    """
    desk: Desk = ctx.obj
    book = desk.open()
    limit = desk.rows(25) or 1_000_000
    with book.reading():
        found = search.find(book, text, limit)
    if not found:
        raise NotFound(f"nothing found for: {text}", "try a shorter part of the number, name or phone")
    desk.show(view.found(text, found))
