"""`collect reach list|add|mark|trace|trail`: numbers and addresses, and the search for those who moved."""

from datetime import date
from typing import Annotated

import typer

from collect import contacts, options, reaches
from collect.choices import one_of
from collect.commands import common, drafts, moment
from collect.commands.drafts import NOTHING_TYPED, SEARCH
from collect.conduct import Gate
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.policy_facts import Consent
from collect.reaches import Way
from collect.store import accounts, gate, logbook, reach
from collect.store.reach import Traced
from collect.views import reach as view

CONSENTS = ("call", "sms", "whatsapp", "email", "third-party")
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of it.", show_default="today")]


@options.report
def list_(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
    state: Annotated[
        str, typer.Option(metavar="STATE", help="Only these.", autocompletion=options.completing(reaches.STATES))
    ] = "",
) -> None:
    """List telephone numbers, e-mails and addresses: whose, where from, right or wrong, consent and its date.

    Example: collect reach list C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holders = [accounts.named(book, account)] if account else accounts.everyone(book)
        ways = reach.of(book, holders)
        consents: dict[int, list[Consent]] = {}
        for account_id, consent in reach.consents_of(book, ways):
            consents.setdefault(account_id, []).append(consent)
    rows = [(holder, way, consents.get(holder.id, ())) for holder in holders for way in ways[holder.id]]
    wanted = one_of(state, "state", reaches.STATES) if state else ""
    desk.show(view.listing([row for row in rows if not wanted or row[1].state == wanted]))


@options.writes
def add(
    ctx: typer.Context,
    account: options.Account,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Telephone number, e-mail or postal address.")],
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help=f"One of {', '.join(reaches.KINDS)}.",
            show_default="seen from its form",
            autocompletion=options.completing(reaches.KINDS),
        ),
    ] = "",
    owner: Annotated[
        str,
        typer.Option(
            metavar="WHOSE",
            help=f"Whose: {', '.join(reaches.OWNERS)}.",
            autocompletion=options.completing(reaches.OWNERS),
        ),
    ] = "self",
    person: Annotated[str, typer.Option(metavar="NAME", help="Their name.")] = "",
    place: Annotated[str, typer.Option(metavar="PLACE", help="home, work or central.")] = "",
    source: Annotated[str, typer.Option("--from", metavar="TEXT", help="Where it came from.")] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help=f"One of {', '.join(reaches.STATES)}.")] = "unverified",
) -> None:
    """Add a way to reach somebody, with where it came from.

    Example: collect reach add C-104 "+91 98200 11111" --owner guarantor --from "loan file"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    way = Way(
        0,
        holder.id,
        reaches.kind(value, kind),
        value.strip(),
        one_of(owner, "owner", reaches.OWNERS),
        person,
        one_of(place, "place", contacts.PLACES) if place else "",
        source or book.agent,
        one_of(state, "state", reaches.STATES),
        book.today.isoformat(),
    )
    with book.change("reach.add", holder.number, desk.why):
        reach.add_new(book, holder, way)
    desk.show(view.added(holder, way, dry_run=desk.dry_run))


@options.writes
def mark(
    ctx: typer.Context,
    account: options.Account,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The number or address, or a part only it has.")],
    state: Annotated[
        str | None,
        typer.Argument(
            metavar="[STATE]",
            help=f"One of {', '.join(reaches.STATES)}.",
            autocompletion=options.completing(reaches.STATES),
        ),
    ] = None,
    consent: Annotated[str, typer.Option(metavar="KIND", help=f"The person agreed to: {', '.join(CONSENTS)}.")] = "",
    no_consent: Annotated[str, typer.Option(metavar="KIND", help="The person withdrew it.")] = "",
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day the consent is good for.")] = None,
    source: Annotated[str, typer.Option("--from", metavar="TEXT", help="In what words, where it is written.")] = "",
    on: On = None,
) -> None:
    """Mark a number or address as right, wrong, dead or not to be used; record consent given or withdrawn.

    Examples: collect reach mark C-104 98200 wrong
    collect reach mark C-104 98200 --consent sms --from "letter of 3 March"
    """
    desk: Desk = ctx.obj
    book = desk.open()
    if not (state or consent or no_consent):
        raise WrongUsage("nothing to mark", "name a state, --consent or --no-consent")
    holder = common.account_to_change(book, account)
    way = reach.named(book, holder, value)
    day = desk.happened_on(on)
    new = way._replace(state=one_of(state, "state", reaches.STATES)) if state else way
    given = one_of(consent, "consent", CONSENTS) if consent else ""
    taken = one_of(no_consent, "consent", CONSENTS) if no_consent else ""
    with book.change("reach.mark", f"{holder.number} {way.value}", desk.why):
        reach.mark(book, way, new.state, day)
        if given:
            last = desk.day(until)
            reach.give_consent(book, holder.id, Consent(given, day, last, None, way.value, source))
        if taken:
            reach.revoke_consent(book, holder.id, taken, way.value, day)
    said = [f"is {new.state}"] if state else []
    said += [f"may be used for {given} from {day}"] if given else []
    said += [f"may no longer be used for {taken} from {day}"] if taken else []
    desk.show(view.marked(holder, new, said, dry_run=desk.dry_run))


@options.writes
def trace(
    ctx: typer.Context,
    account: options.Account,
    asked: Annotated[str, typer.Argument(metavar="WHO", help="Who was asked: a person, or a register.")],
    question: Annotated[str, typer.Argument(metavar="WHAT", help="What was asked.")],
    answer: Annotated[str, typer.Option(metavar="TEXT", help="What they said.")] = "",
    channel: Annotated[
        str,
        typer.Option(
            metavar="CHANNEL",
            help="By what they were contacted; it is then a contact, too.",
            autocompletion=options.completing(contacts.CHANNELS),
        ),
    ] = "",
    number: Annotated[str | None, typer.Option("--reach", metavar="VALUE", help="Number or address used.")] = None,
    rule: Annotated[str, typer.Option(metavar="ID", help="The rule it was done under.", show_default="in force")] = "",
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="When.", show_default="now")] = None,
) -> None:
    """Record one step of the search for a debtor: who was asked what, when, and under which rule.

    Example: collect reach trace C-104 "R. Mehta, neighbour" "address" --channel call
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    rules, when = gate.of(book), moment.typed(desk, at)
    under = rule or _rule(rules, when.date())
    draft = None
    if channel:
        typed = NOTHING_TYPED._replace(
            channel=channel, outcome="third-party", at=at, party="third-party", person=asked, reach=number,
            purpose=SEARCH, note=f"{question}: {answer}" if answer else question,
        )  # fmt: skip
        draft = drafts.drafted(desk, holder, typed, None)
    with book.change("reach.trace", holder.number, desk.why):
        written = logbook.write(book, holder, draft) if draft else None
        contact_id = written.contact_id if written else None
        reach.add_trace(book, Traced(0, holder.id, "", asked, question, answer, under, contact_id), when)
    for warning in drafts.warnings(draft, written) if draft and written else ():
        desk.screen.warn(warning)
    desk.show(view.traced(holder, asked, under, contact_id, dry_run=desk.dry_run))


@options.report
def trail(
    ctx: typer.Context,
    account: options.OnlyAccount = None,
) -> None:
    """List the steps of a search, in the order they were taken.

    Example: collect reach trail C-104
    """
    desk: Desk = ctx.obj
    book = desk.open()
    with book.reading():
        holder = accounts.named(book, account) if account else None
        found = reach.trail(book, holder.id if holder else 0)
        holders = accounts.all_by_id(book, {one.account_id for one in found})
    rows = [
        (
            holders[one.account_id],
            (one.id, one.at, one.asked, one.question, one.answer, one.rule, one.contact_id, one.agent),
        )
        for one in found
    ]
    desk.show(view.trail(rows))


def _rule(rules: Gate, day: date) -> str:
    """The rule in force on searches; empty where none of the chosen presets has one."""
    from collect.presets import rules_in_force

    found = rules_in_force(rules.presets, day, rules.scope)
    return next((rule.id for rule in found if rule.terms.get("purpose") == SEARCH), "")
