"""`collect log`: one contact, on one line."""

from datetime import timedelta
from typing import Annotated

import typer

from collect import contacts, options
from collect.commands import common, drafts
from collect.commands.drafts import Typed
from collect.desk import Desk
from collect.errors import Refused
from collect.store import contacts as record
from collect.store import logbook
from collect.views import contact as view

CLOCK_SLIPS_S = timedelta(minutes=5).total_seconds()
CLOCK_LIES_S = timedelta(hours=24).total_seconds()


def _item_numbers(context: typer.Context, incomplete: str) -> list[str]:
    """Complete the number of an open item of the account typed before; silent whatever happens."""
    from contextlib import closing, suppress

    desk: Desk = context.obj
    with suppress(Exception), closing(desk):
        from collect.store import accounts, items

        book = desk.open()
        # While an option has no value yet, what was typed before it stands among the rest.
        holder = accounts.named(book, context.params["account"] or context.args[0])
        numbers = {item.number for item in items.open_of(book, holder, common.as_of(desk))}
        return sorted(number for number in numbers if number.startswith(incomplete))
    return []


Account = Annotated[
    str | None, typer.Argument(metavar="ACCOUNT", help="Whom it was about.", autocompletion=options.account_numbers)
]
Channel = Annotated[
    str | None,
    typer.Argument(
        metavar="CHANNEL",
        help=f"How: {', '.join(contacts.CHANNELS)}.",
        autocompletion=options.completing(contacts.CHANNELS),
    ),
]
Outcome = Annotated[
    str | None,
    typer.Argument(
        metavar="OUTCOME",
        help=f"What came of it: {', '.join(contacts.OUTCOMES)}.",
        autocompletion=options.completing(contacts.OUTCOMES),
    ),
]
Clock = Annotated[str | None, typer.Argument(metavar="[HH:MM]", help="Time of day, of today or of the day --at names.")]
At = Annotated[str | None, typer.Option(metavar="WHEN", help="When: 'yesterday 17:40'.", show_default="now")]
Incoming = Annotated[bool, typer.Option("--in", help="It came in: the debtor rang, wrote or walked in.")]
Party = Annotated[
    str | None,
    typer.Option(
        metavar="ROLE",
        help=f"With whom: {', '.join(contacts.ROLES)}.",
        show_default="borrower",
        autocompletion=options.completing(contacts.ROLES),
    ),
]
Person = Annotated[str | None, typer.Option(metavar="NAME", help="With whom, by name.")]
About = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="NUMBER", help="Item talked about; may be repeated.", autocompletion=_item_numbers),
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="What was said.")]
Promised = Annotated[str | None, typer.Option(metavar="AMOUNT", help="What was promised.")]
By = Annotated[str | None, typer.Option(metavar="DATE", help="The day it was promised for.")]
Next = Annotated[
    str | None, typer.Option("--next", metavar="DATE", help="Next step: 'fri 17:00'.", show_default="by outcome")
]
Action = Annotated[str | None, typer.Option(metavar="TEXT", help="What the next step is.")]
Reach = Annotated[
    str | None, typer.Option(metavar="VALUE", help="Number or address used.", show_default="the best known")
]
Minutes = Annotated[int | None, typer.Option(metavar="N", min=0, help="How long it took.")]
Place = Annotated[str | None, typer.Option(metavar="PLACE", help=f"Where it found them: {', '.join(contacts.PLACES)}.")]
Purpose = Annotated[
    str | None,
    typer.Option(
        metavar="WORD", help="What for, where a rule asks.", autocompletion=options.completing(contacts.PURPOSES)
    ),
]
Position = Annotated[str | None, typer.Option(metavar="LAT,LON", help="Coordinates of a visit.")]
Correct = Annotated[
    int | None, typer.Option(metavar="ID", help="Correct that contact; what is not typed stays as it was.")
]
ClockOk = Annotated[bool, typer.Option("--clock-ok", help="This machine's clock is right, the last change was late.")]


@options.writes
def log(
    ctx: typer.Context,
    account: Account = None,
    channel: Channel = None,
    outcome: Outcome = None,
    clock: Clock = None,
    at: At = None,
    incoming: Incoming = False,
    party: Party = None,
    person: Person = None,
    about: About = None,
    note: Note = None,
    promise: Promised = None,
    by: By = None,
    next_: Next = None,
    action: Action = None,
    reach: Reach = None,
    minutes: Minutes = None,
    place: Place = None,
    purpose: Purpose = None,
    position: Position = None,
    correct: Correct = None,
    clock_ok: ClockOk = False,
) -> None:
    """Record a contact: what took place is never refused, a rule it broke is flagged and its reason asked for.

    On a terminal it asks for what is missing. What is written stays: --correct adds a correction, and the outcome
    'mistake' with it says that the contact did not take place.

    Examples: collect log C-104 call no-answer
    collect log C-104 call promised --promise 5,000 --by fri --note "after salary"
    collect log C-104 whatsapp spoke --in --at yesterday 17:40
    """
    desk: Desk = ctx.obj
    book = desk.open()
    _check_clock(desk, ok=clock_ok)
    first = drafts.corrected(book, correct) if correct is not None else None
    at = f"{at or 'today'} {clock}" if clock else at
    typed = Typed(
        channel, outcome, at, incoming, party, person, about, note, promise, by, next_, action, reach, minutes,
        place, purpose, position,
    )  # fmt: skip
    holder = drafts.account(desk, account, first)
    draft = drafts.drafted(desk, holder, typed, first)
    with book.change("contact.correct" if first else "contact.log", holder.number, desk.why):
        written = logbook.write(book, holder, draft)
    for warning in drafts.warnings(draft, written):
        desk.screen.warn(warning)
    promised = (draft.promise, draft.currency) if draft.promise else None
    ids, more = (written.contact_id, written.promise_id), {"hold": written.hold, "marked": written.marked}
    desk.show(view.logged(holder, draft.contact, promised, draft.findings, ids, more, book.zone, dry_run=desk.dry_run))


def _check_clock(desk: Desk, *, ok: bool) -> None:
    """Warn where this machine's clock stands before the last change; Refused where it is more than a day behind."""
    behind = record.clock_behind(desk.open())
    if behind > CLOCK_LIES_S and not ok:
        raise Refused(
            f"the clock of this machine is {behind / 3600:.0f} hours behind the last change",
            "set the clock, or add --clock-ok if it is right",
        )
    if behind > CLOCK_SLIPS_S:
        desk.screen.warn(f"the clock of this machine is {behind / 60:.0f} minutes behind the last change")
