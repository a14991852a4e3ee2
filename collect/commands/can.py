"""`collect can`: may this debtor be contacted now, by what, and if not, from when."""

from typing import Annotated

import typer

from collect import contacts, options
from collect.choices import one_of
from collect.commands import moment
from collect.desk import Desk
from collect.store import accounts, gate, people, reach
from collect.views import can as view

NOT_ALLOWED = 5


@options.report
def can(
    ctx: typer.Context,
    account: options.Account,
    channel: Annotated[
        str | None,
        typer.Argument(
            metavar="[CHANNEL]",
            help=f"By what: {', '.join(contacts.CHANNELS)}; all of them where none is named.",
            autocompletion=options.completing(contacts.CHANNELS),
        ),
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="As in 'fri 19:30'.", show_default="now")] = None,
    party: Annotated[
        str,
        typer.Option(
            metavar="ROLE",
            help="With whom.",
            autocompletion=options.completing(contacts.ROLES),
            show_default="borrower",
        ),
    ] = "borrower",
    person: Annotated[str | None, typer.Option(metavar="NAME", help="With whom, by name.")] = None,
    reached: Annotated[
        str | None, typer.Option("--reach", metavar="VALUE", help="Number or address.", show_default="the best known")
    ] = None,
    place: Annotated[str, typer.Option(metavar="PLACE", help="Where: home, work, central.", show_default=False)] = "",
    purpose: Annotated[
        str,
        typer.Option(
            metavar="WORD", help="What for, where a rule asks.", autocompletion=options.completing(contacts.PURPOSES)
        ),
    ] = "",
    content: Annotated[
        list[str] | None, typer.Option(metavar="FLAG", help="What a message says, such as legal-threat; repeatable.")
    ] = None,
    reason: Annotated[str, typer.Option(metavar="WORD", help="Ground for an exception the rule knows.")] = "",
) -> None:
    """Ask the gate: the verdict, the rule and its citation, how much of each cap is used, the next lawful moment.

    Exits 0 where contact is allowed (perhaps with a warning), 5 where it is not or needs a reason first; without a
    channel the first line decides. Times are judged where the debtor is.

    Examples: collect can C-104 call; collect can C-104 sms --at "today 19:30"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    when = moment.typed(desk, at)
    wanted = (one_of(channel, "channel", contacts.CHANNELS),) if channel else contacts.CHANNELS
    with book.reading():
        holder = accounts.named(book, account)
        who = people.named(book, holder, person) if person else None
        role = who.role if who else one_of(party, "role", contacts.ROLES)
        rules = gate.of(book)
        known = gate.facts(book, rules, [holder], when)[holder.id]
        ways = reach.of(book, [holder])[holder.id]
        asked = [gate.asked(book, holder, name, when, ways, who or role, reached) for name in wanted]
    said = frozenset(content or ())
    asked = [one._replace(purpose=purpose, content=said, reason=reason, place=place or one.place) for one in asked]
    answers = [gate.answered(rules, one, known) for one in asked]
    desk.show(view.verdicts(holder, answers, people.office_zone(book)))
    if not answers[0].verdict.allowed:
        raise typer.Exit(NOT_ALLOWED)
