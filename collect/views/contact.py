"""Contacts as sheets and pages, and what was logged in words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from collect.contacts import Contact, Owed
from collect.money import Money
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Page, Sheet

if TYPE_CHECKING:  # imported where something was promised, where a rule has something to say
    from collect.policy_facts import Finding
    from collect.promises import Promise

_COLUMNS = (
    Column("contact", "No.", "int"),
    Column("at", "At (UTC)", "instant", machine=True),
    Column("local_at", "Local time", "instant"),
    Column("account", "Account"),
    Column("name", "Name", rank=6),
    Column("agent", "By", rank=4),
    Column("channel", "Channel"),
    Column("direction", "In/out", rank=5),
    Column("party", "Party", rank=8),
    Column("person", "Person", machine=True),
    Column("reach", "Reached at", rank=7),
    Column("outcome", "Outcome"),
    Column("items", "Items", machine=True),
    Column("currency", "Cur", machine=True),
    Column("balance", "Balance then", "money", machine=True),
    Column("overdue", "Overdue then", "money", machine=True),
    Column("days_overdue", "Days then", "int", machine=True),
    Column("minutes", "Minutes", "int", machine=True),
    Column("place", "Place", machine=True),
    Column("purpose", "Purpose", machine=True),
    Column("position", "Coordinates", machine=True),
    Column("note", "Note", rank=2),
    Column("next_action", "Next", rank=9),
    Column("next_on", "On", "date", rank=3),
    Column("next_time", "Time", machine=True),
    Column("breaches", "Breach", rank=1),
    Column("reason", "Reason", machine=True),
    Column("corrects", "Corrects", "int", rank=10),
    Column("recorded_at", "Recorded", "instant", machine=True),
    Column("zone", "Zone", machine=True),
    Column("policy", "Judged by", machine=True),
)


def local(at: datetime, offset_minutes: int) -> str:
    """An instant as the clock showed it there: `2026-04-01T17:40:00+05:30`."""
    return at.astimezone(timezone(timedelta(minutes=offset_minutes))).isoformat(timespec="seconds")


def utc(at: datetime) -> str:
    """An instant for machines."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def logged(
    account: Account,
    contact: Contact,
    promised: "tuple[Promise, str] | None",
    findings: "Sequence[Finding]",
    ids: tuple[int, int | None],
    more: Mapping[str, str],
    office: tzinfo,
    *,
    dry_run: bool,
) -> Done:
    """What was logged; `ids` are those of contact and promise, `more` what followed: hold, marked."""
    contact_id, promise_id = ids
    wall = contact.at.astimezone(office)
    verb = "corrected" if contact.corrects_id else "logged"
    what = f"{contact.channel} {'in' if contact.direction == 'in' else 'out'}, {contact.outcome}"
    lines = [f"{verb} {what} on {account.number} {account.name} at {wall:%a %Y-%m-%d %H:%M} (contact {contact_id})"]
    promise, currency = promised or (None, "")
    if promise is not None:
        lines.append(f"  promised: {Money(promise.amount_minor, currency)} by {promise.due_on:%a %Y-%m-%d}")
    if contact.next_on is not None:
        time = f" {contact.next_time}" if contact.next_time else ""
        lines.append(f"  next: {contact.next_action} on {contact.next_on:%a %Y-%m-%d}{time}")
    if more.get("hold"):
        lines.append(f"  hold put on: {more['hold']}")
    if more.get("marked"):
        lines.append(f"  {contact.reach} is now {more['marked']}")
    facts = (
        Fact("contact", "Contact", contact_id, "int"),
        Fact("account", "Account", account.number),
        Fact("at", "At", utc(contact.at), "instant"),
        Fact("local_at", "Local time", local(contact.at, contact.offset_minutes), "instant"),
        Fact("zone", "Zone", contact.zone),
        Fact("channel", "Channel", contact.channel),
        Fact("direction", "Direction", contact.direction),
        Fact("outcome", "Outcome", contact.outcome),
        Fact("party", "Party", contact.role),
        Fact("person", "Person", contact.person),
        Fact("reach", "Reached at", contact.reach),
        Fact("note", "Note", contact.note),
        Fact("promise", "Promise", promise_id, "int"),
        Fact("currency", "Currency", currency or None),
        Fact("promised", "Promised", promise.amount_minor if promise else None, "money", currency),
        Fact("promise_on", "Promised for", promise.due_on if promise else None, "date"),
        Fact("next_action", "Next", contact.next_action),
        Fact("next_on", "On", contact.next_on, "date"),
        Fact("next_time", "Time", contact.next_time),
        Fact("hold", "Hold put on", more.get("hold", "")),
        Fact("marked", "Number or address is now", more.get("marked", "")),
        Fact("breaches", "Breaches", [_finding(one) for one in findings], "list"),
        Fact("reason", "Reason", contact.reason),
        Fact("corrects", "Corrects", contact.corrects_id, "int"),
    )
    return Done("log", lines, facts, dry_run)


def _finding(finding: "Finding") -> dict[str, str]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "why": finding.why,
        "citation": finding.citation,
        "basis": finding.basis,
    }


Row = tuple[Contact, str, str, Sequence[Owed], Sequence[str], Sequence[Sequence[str]], str]
"""A contact, who wrote it, when, what stood open then, the items, the breaches, and the presets that judged it."""


def listing(rows: Sequence[tuple[Account, Row]], title: str = "Contacts", report: str = "contact list") -> Sheet:
    """Contacts with whose they are, as evidence: every correction beside what it corrects."""
    return Sheet(report, title, _COLUMNS, [_row(account, row) for account, row in rows])


def own(account: Account, rows: Sequence[Row]) -> Sheet:
    """The last contacts of one account, without its name."""
    kept = [at for at, column in enumerate(_COLUMNS) if column.key not in {"account", "name"}]
    cells = [[_row(account, row)[at] for at in kept] for row in rows]
    return Sheet("contacts", "Last contacts", [_COLUMNS[at] for at in kept], cells)


def _row(account: Account, row: Row) -> tuple[Any, ...]:
    contact, agent, recorded_at, owed, items, breaches, policy = row
    first = owed[0] if owed else None
    return (
        contact.id, utc(contact.at), local(contact.at, contact.offset_minutes), account.number, account.name, agent,
        contact.channel, contact.direction, contact.role, contact.person, contact.reach, contact.outcome,
        ", ".join(items), first.currency if first else None, first.balance_minor if first else None,
        first.overdue_minor if first else None, first.days_overdue if first else None, contact.minutes, contact.place,
        contact.purpose, contact.position, contact.note, contact.next_action, contact.next_on, contact.next_time,
        ", ".join(one[0] for one in breaches), contact.reason, contact.corrects_id, recorded_at, contact.zone, policy,
    )  # fmt: skip


def story(account: Account, row: Row, corrections: Sequence[Row]) -> Page:
    """One contact with all the record holds of it."""
    contact, agent, recorded_at, owed, items, breaches, policy = row
    facts = (
        Fact("contact", "Contact", contact.id, "int"),
        Fact("account", "Account", account.number),
        Fact("name", "Name", account.name),
        Fact("at", "At (UTC)", utc(contact.at), "instant"),
        Fact("local_at", "Local time", local(contact.at, contact.offset_minutes), "instant"),
        Fact("zone", "Zone", contact.zone),
        Fact("recorded_at", "Recorded (UTC)", recorded_at, "instant"),
        Fact("agent", "By", agent),
        Fact("channel", "Channel", contact.channel),
        Fact("direction", "Direction", contact.direction),
        Fact("outcome", "Outcome", contact.outcome),
        Fact("party", "Party", contact.role),
        Fact("person", "Person", contact.person or None),
        Fact("reach", "Reached at", contact.reach or None),
        Fact("place", "Place", contact.place or None),
        Fact("purpose", "Purpose", contact.purpose or None),
        Fact("position", "Coordinates", contact.position or None),
        Fact("minutes", "Minutes", contact.minutes, "int"),
        Fact("items", "Items", ", ".join(items) or None),
        Fact("note", "Note", contact.note or None),
        Fact("next_action", "Next", contact.next_action or None),
        Fact("next_on", "On", contact.next_on, "date"),
        Fact("next_time", "Time", contact.next_time or None),
        Fact("reason", "Reason", contact.reason or None),
        Fact("corrects", "Corrects contact", contact.corrects_id, "int"),
        Fact("policy", "Judged by", policy or None),
    )
    sheets = {"owed": _owed(owed), "breaches": _breaches(breaches)}
    if corrections:
        sheets["corrections"] = listing([(account, one) for one in corrections], "Corrections")
    return Page("contact show", f"Contact {contact.id}", facts, {key: one for key, one in sheets.items() if one.rows})


def _owed(owed: Sequence[Owed]) -> Sheet:
    columns = (
        Column("currency", "Cur"),
        Column("balance", "Balance", "money"),
        Column("overdue", "Overdue", "money"),
        Column("days_overdue", "Days overdue", "int"),
    )
    return Sheet("owed", "Owed then", columns, list(owed))


def _breaches(breaches: Sequence[Sequence[str]]) -> Sheet:
    columns = (
        Column("rule", "Rule"),
        Column("verdict", "Verdict"),
        Column("why", "Why"),
        Column("citation", "Citation", rank=1),
        Column("basis", "Basis", rank=2),
    )
    return Sheet("breaches", "Breaches", columns, list(breaches))
