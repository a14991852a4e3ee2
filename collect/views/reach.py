"""Ways to reach someone, the people of an account and the trail of a search, as sheets; what was done in words."""

from collections.abc import Sequence
from typing import Any

from collect.policy_facts import Consent
from collect.reaches import Way
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("account", "Account"),
    Column("name", "Name", rank=4),
    Column("kind", "Kind"),
    Column("value", "Number or address"),
    Column("owner", "Owner"),
    Column("person", "Person", rank=3),
    Column("place", "Place", rank=5),
    Column("state", "State"),
    Column("state_on", "Since", "date", rank=2),
    Column("source", "From", rank=1),
    Column("consent", "Consent", rank=6),
    Column("consent_on", "Given", "date", rank=7),
)


def listing(rows: Sequence[tuple[Account, Way, Sequence[Consent]]]) -> Sheet:
    """Ways with whose they are, their state and the consent that stands."""
    return Sheet("reach list", "Ways to reach them", _COLUMNS, [_row(*row) for row in rows])


def own(account: Account, ways: Sequence[Way], consents: Sequence[Consent]) -> Sheet:
    """The ways of one account, without its name."""
    kept = [at for at, column in enumerate(_COLUMNS) if column.key not in {"account", "name"}]
    cells = [[_row(account, way, consents)[at] for at in kept] for way in ways]
    return Sheet("reach", "Ways to reach them", [_COLUMNS[at] for at in kept], cells)


def _row(account: Account, way: Way, consents: Sequence[Consent]) -> tuple[Any, ...]:
    live = [one for one in consents if one.revoked_on is None and one.reach in {"", way.value}]
    return (
        account.number, account.name, way.kind, way.value, way.owner, way.person or None, way.place or None, way.state,
        way.state_on or None, way.source, ", ".join(sorted({one.kind for one in live})) or None,
        max((one.given_on for one in live), default=None),
    )  # fmt: skip


def added(account: Account, way: Way, *, dry_run: bool) -> Done:
    """What was added."""
    line = f"added {way.kind} {way.value} ({way.owner}, {way.state}) to {account.number} {account.name}"
    return Done("reach add", [line], _facts(account, way), dry_run)


def marked(account: Account, way: Way, said: Sequence[str], *, dry_run: bool) -> Done:
    """What a number or address was marked as."""
    lines = [f"{account.number}: {way.value} {one}" for one in said]
    return Done("reach mark", lines, _facts(account, way), dry_run)


def _facts(account: Account, way: Way) -> tuple[Fact, ...]:
    return (
        Fact("account", "Account", account.number),
        Fact("kind", "Kind", way.kind),
        Fact("value", "Number or address", way.value),
        Fact("owner", "Owner", way.owner),
        Fact("state", "State", way.state),
        Fact("source", "From", way.source),
    )


def trail(rows: Sequence[tuple[Account, Sequence[Any]]]) -> Sheet:
    """The steps of a search: (id, at, asked, question, answer, rule, contact, agent) with whose account it is."""
    columns = (
        Column("step", "No.", "int"),
        Column("account", "Account"),
        Column("at", "At (UTC)", "instant"),
        Column("asked", "Asked"),
        Column("question", "What"),
        Column("answer", "Answer", rank=1),
        Column("rule", "Under rule", rank=2),
        Column("contact", "Contact", "int", rank=4),
        Column("agent", "By", rank=3),
    )
    return Sheet("reach trail", "Search", columns, [(row[0], account.number, *row[1:]) for account, row in rows])


def traced(account: Account, asked: str, rule: str, contact_id: int | None, *, dry_run: bool) -> Done:
    """What was recorded of a search."""
    line = f"recorded: {asked} was asked about {account.number} {account.name}"
    lines = [f"{line} (contact {contact_id})" if contact_id else line]
    facts = (
        Fact("account", "Account", account.number),
        Fact("asked", "Asked", asked),
        Fact("rule", "Rule", rule),
        Fact("contact", "Contact", contact_id, "int"),
    )
    return Done("reach trace", lines, facts, dry_run)


def people(rows: Sequence[tuple[Account, Sequence[str]]]) -> Sheet:
    """People around accounts: (name, role, zone, language) with whose account it is."""
    columns = (
        Column("account", "Account"),
        Column("person", "Person"),
        Column("role", "Role"),
        Column("zone", "Time zone", rank=2),
        Column("language", "Language", rank=1),
    )
    return Sheet("person list", "People", columns, [(account.number, *row) for account, row in rows])


def person_added(account: Account, name: str, role: str, *, dry_run: bool) -> Done:
    """Who was added."""
    facts = (Fact("account", "Account", account.number), Fact("person", "Person", name), Fact("role", "Role", role))
    return Done("person add", [f"added {name} ({role}) to {account.number} {account.name}"], facts, dry_run)
