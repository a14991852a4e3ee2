"""`collect contact list|show`: the record of contacts."""

from datetime import datetime, time, timedelta
from typing import Annotated

import typer

from collect import contacts as words
from collect import options
from collect.choices import one_of
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.store import accounts, contacts
from collect.store.contacts import Logged, Wanted
from collect.views import contact as view


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Only those this agent logged.")] = "",
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Only those of this day.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Of this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Of this day or before.")] = None,
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help="By what.", autocompletion=options.completing(words.CHANNELS))
    ] = "",
    outcome: Annotated[
        str,
        typer.Option(metavar="OUTCOME", help="What came of it.", autocompletion=options.completing(words.OUTCOMES)),
    ] = "",
) -> None:
    """List contacts, the latest first, with what stood open at that moment; corrections stand beside what they correct.

    Examples: collect contact list C-104
    collect contact list --on yesterday --by asha --output record.xlsx
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if on and (first or last):
        raise WrongUsage("a day and a span of days", "use --on, or --from and --to")
    with book.reading():
        holder = accounts.named(book, account) if account else None
        wanted = Wanted(
            holder.id if holder else 0,
            by,
            one_of(outcome, "outcome", (*words.OUTCOMES, words.MISTAKE)) if outcome else "",
            one_of(channel, "channel", words.CHANNELS) if channel else "",
            _start(desk, on or first),
            _start(desk, on or last, days=1),
        )
        found = contacts.listed(book, wanted, None if desk.sort else desk.limit or None)
        holders = accounts.all_by_id(book, {one.contact.account_id for one in found})
    desk.show(view.listing([(holders[one.contact.account_id], row(one)) for one in found]))


@options.page
def show(
    ctx: typer.Context, number: Annotated[int, typer.Argument(metavar="ID", help="Number of the contact.")]
) -> None:
    """Show one contact: who, when by both clocks, what stood open, the rules it broke, its corrections.

    Example: collect contact show 12
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        found = contacts.get(book, number)
        corrections = contacts.corrections(book, found.contact.id)
        holder = accounts.all_by_id(book, [found.contact.account_id])[found.contact.account_id]
    desk.show(view.story(holder, row(found), [row(one) for one in corrections]))


def row(found: Logged) -> view.Row:
    """What a view shows of a contact."""
    preset = f"{found.preset} {found.preset_version}".strip()
    return found.contact, found.agent, found.recorded_at, found.owed, found.items, found.breaches, preset


def _start(desk: Desk, text: str | None, days: int = 0) -> datetime | None:
    """The first moment of a day at the office, or of one so many days later."""
    day = desk.day(text, past=True)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(0), tzinfo=desk.open().zone)
