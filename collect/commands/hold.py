"""`collect account hold|release|event`: what stops contact, and what a rule asks to have on record."""

from typing import Annotated

import typer

from collect import contacts, holds, options
from collect.choices import one_of
from collect.commands import common, moment
from collect.desk import Desk
from collect.errors import NotFound, WrongUsage
from collect.holds import Held
from collect.store import holds as kept
from collect.views import hold as view

EVENTS = (
    *("visit-notice", "visit-authorisation", "validation-notice-sent", "dispute-written", "verification-sent"),
    *("original-creditor-requested", "original-creditor-sent", "creditor-address-notice", "reassigned-number-check"),
    *(
        "initial-communication",
        "bank-return-memo",
        "notice-delivered",
        "acknowledgement",
        "agency-disclosed",
        "before-court",
        "disposed-of",
    ),
)
Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND", help=f"One of {', '.join(holds.KINDS)}.", autocompletion=options.completing(holds.KINDS)
    ),
]
Medium = Annotated[
    str, typer.Option(metavar="CHANNEL", help="Which medium.", autocompletion=options.completing(contacts.CHANNELS))
]


@options.writes
def hold(
    ctx: typer.Context,
    account: options.Account,
    kind: Kind,
    since: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Since when.", show_default="now")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Its last day.", show_default="released")] = None,
    review: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to look at it again.", show_default="by kind")
    ] = None,
    medium: Medium = "",
    reach: Annotated[str, typer.Option(metavar="VALUE", help="Only this number or address.")] = "",
    hours: Annotated[str, typer.Option(metavar="HH:MM-HH:MM", help="Hours of the debtor's day: avoid, only.")] = "",
    days: Annotated[str, typer.Option(metavar="DAYS", help="Weekdays of those hours, such as mon-fri.")] = "",
    place: Annotated[str, typer.Option(metavar="PLACE", help="home or work, for avoid and only.")] = "",
    source: Annotated[str, typer.Option(metavar="TEXT", help="Who said so, where.")] = "",
    document: Annotated[str, typer.Option(metavar="REF", help="The letter, file or reference it stands on.")] = "",
) -> None:
    """Stop contact: the queue passes over the account, 'collect can' says no, until the hold ends or is released.

    Hardship, vulnerable, bereavement and the like leave it to a person: they ask for a reason and come up for review.

    Examples: collect account hold C-104 cease --source "letter" --document L-17
    collect account hold C-104 stop-medium --medium sms
    collect account hold C-104 avoid --hours 09:00-11:00 --days mon-fri
    """
    desk: Desk = ctx.obj
    book = desk.open()
    name = _kind(kind)
    if (name == "stop-medium") != bool(medium) and name not in holds.WISHES:
        raise WrongUsage("a medium is stopped by stop-medium, and only by it", "add --medium CHANNEL to stop-medium")
    if (hours or days) and name not in holds.WISHES:
        raise WrongUsage("hours belong to a wish", "use the kinds avoid and only")
    holder = common.account_to_change(book, account)
    end_on = desk.day(until)
    start, end = holds.span(hours)
    held = Held(
        0, holder.id, name, moment.typed(desk, since), end_on,
        desk.day(review) or holds.review_by(name, end_on, book.today),
        one_of(medium, "channel", contacts.CHANNELS) if medium else "", reach,
        one_of(place, "place", contacts.PLACES) if place else "", start, end, holds.weekday_text(days),
        source, document,
    )  # fmt: skip
    with book.change("account.hold", f"{holder.number} {held.words}", desk.why):
        kept.add(book, held)
    desk.show(view.put_on(holder, held, dry_run=desk.dry_run))


@options.writes
def release(ctx: typer.Context, account: options.Account, kind: Kind, medium: Medium = "") -> None:
    """End the holds of a kind that stand on an account; they stay on record.

    Example: collect account release C-104 cease --why "withdrawn by letter of 9 May"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    name = _kind(kind)
    holder = common.account_to_change(book, account)
    found = [
        one
        for one in kept.of(book, [holder.id])
        if one.kind == name and one.released_at is None and medium in {"", one.medium}
    ]
    if not found:
        raise NotFound(f"no such hold on account {holder.number}: {name}", f"see 'collect show {holder.number}'")
    with book.change("account.release", f"{holder.number} {name}", desk.why):
        for one in found:
            kept.release(book, one, book.now)
    desk.show(view.released(holder, found, desk.why, dry_run=desk.dry_run))


@options.writes
def event(
    ctx: typer.Context,
    account: options.Account,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help=f"What happened: {', '.join(EVENTS)}.", autocompletion=options.completing(EVENTS)
        ),
    ],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of it.", show_default="today")] = None,
    document: Annotated[str, typer.Option(metavar="REF", help="The paper it stands on.")] = "",
) -> None:
    """Put on record what a rule asks for or counts from: a notice sent, an authorisation, a written dispute.

    Example: collect account event C-104 visit-notice --on yesterday --document N-12
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    name = one_of(kind, "event", EVENTS)
    day = desk.happened_on(on)
    with book.change("account.event", f"{holder.number} {name}", desk.why):
        kept.note_event(book, holder.id, name, day, document)
    desk.show(view.happened(holder, name, day, document, dry_run=desk.dry_run))


def _kind(text: str) -> str:
    found = text.strip().lower().replace("_", "-").replace(" ", "-")
    return one_of(holds.OTHER_WORDS.get(found, found), "hold", holds.KINDS)
