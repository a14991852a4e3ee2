"""Holds and events in words and as a sheet."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from collect.holds import KINDS, Held, live
from collect.policy_hours import zone
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet


def own(holds: Sequence[Held], at: datetime, office: str) -> Sheet:
    """The holds of one account that stand, or are to come; `office` is the zone moments are shown in."""
    columns = (
        Column("hold", "No.", "int"),
        Column("kind", "Hold"),
        Column("since", "Since", "instant"),
        Column("end_on", "Through", "date"),
        Column("review_on", "Review", "date", rank=1),
        Column("source", "Source", rank=2),
        Column("document", "Document", rank=3),
    )
    rows = [
        (
            one.id,
            one.words,
            one.starts_at.astimezone(zone(office)).isoformat(timespec="minutes"),
            one.end_on,
            one.review_on,
            one.source or None,
            one.document or None,
        )
        for one in holds
        if one.released_at is None and (live(one, at, office) or one.starts_at > at)
    ]
    return Sheet("holds", "Holds", columns, rows)


def put_on(account: Account, held: Held, *, dry_run: bool) -> Done:
    """What was put on."""
    until = f" through {held.end_on}" if held.end_on else ""
    review = f", to be looked at again by {held.review_on}" if held.review_on else ""
    lines = [f"{account.number} {account.name}: {held.words}{until}{review} ({KINDS[held.kind]})"]
    return Done("account hold", lines, _facts(account, held), dry_run)


def released(account: Account, holds: Sequence[Held], why: str, *, dry_run: bool) -> Done:
    """What was released."""
    lines = [f"{account.number} {account.name}: released {one.words}" for one in holds]
    facts = (
        Fact("account", "Account", account.number),
        Fact("released", "Released", [one.id for one in holds], "list"),
        Fact("kinds", "Holds", ", ".join(one.words for one in holds)),
        Fact("why", "Why", why),
    )
    return Done("account release", lines, facts, dry_run)


def happened(account: Account, kind: str, on: date, document: str, *, dry_run: bool) -> Done:
    """What was put on record."""
    facts = (
        Fact("account", "Account", account.number),
        Fact("event", "Event", kind),
        Fact("on", "On", on, "date"),
        Fact("document", "Document", document),
    )
    return Done("account event", [f"{account.number} {account.name}: {kind} on {on}"], facts, dry_run)


def _facts(account: Account, held: Held) -> tuple[Fact, ...]:
    starts: Any = held.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        Fact("account", "Account", account.number),
        Fact("kind", "Hold", held.kind),
        Fact("words", "In words", held.words),
        Fact("since", "Since", starts, "instant"),
        Fact("end_on", "Through", held.end_on, "date"),
        Fact("review_on", "Review", held.review_on, "date"),
        Fact("source", "Source", held.source),
        Fact("document", "Document", held.document),
    )
