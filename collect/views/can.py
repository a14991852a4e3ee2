"""What the gate says, as a sheet: a row per channel, each rule that objects in a line below."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from collect.policy_counts import Usage
from collect.policy_facts import OPEN, Asked, Finding, Verdict
from collect.policy_hours import zone
from collect.presets import BASES
from collect.records import Account
from collect.views.sheet import Column, Sheet

_COLUMNS = (
    Column("account", "Account", machine=True),
    Column("channel", "Channel"),
    Column("at", "At", "instant", machine=True),
    Column("verdict", "Verdict"),
    Column("rule", "Rule"),
    Column("next_allowed_at", "Allowed from", "instant"),
    Column("used", "Used", rank=1),
    Column("reach", "Reach", rank=2),
    Column("findings", "Findings", "list"),
    Column("preset", "Rules", rank=3),
    Column("preset_version", "Version", machine=True),
)
NEVER = "never as things stand"


def verdicts(account: Account, answers: Sequence[tuple[Asked, Verdict, Sequence[Usage]]], office: str) -> Sheet:
    """One row per channel asked about; `office` is the zone moments are shown in."""
    at = answers[0][0].at
    rows = [_row(account, *answer, office) for answer in answers]
    title = f"{account.number} {account.name} on {shown_at(at, office)}"
    return Sheet("can", title, _COLUMNS, rows, notes=_notes(answers))


def shown_at(at: datetime, place: str) -> str:
    """A moment as the clock there shows it: `Wed 2026-04-01 08:00`."""
    return f"{at.astimezone(zone(place)):%a %Y-%m-%d %H:%M}"


def local(at: datetime | None, place: str) -> str | None:
    """A moment for machines and people, with the offset of that place."""
    return None if at is None else at.astimezone(zone(place)).isoformat(timespec="minutes" if _whole(at) else "seconds")


def _whole(at: datetime) -> bool:
    return not at.second


def used(usage: Sequence[Usage]) -> str:
    """How much of each cap is used: `3 of 7 in 7 days`."""
    return ", ".join(f"{one.used} of {one.limit} in {one.days} days" for one in usage)


def finding(one: Finding) -> dict[str, str]:
    """One rule's objection for machines."""
    return {
        "rule": one.rule,
        "verdict": one.verdict,
        "why": one.why,
        "citation": one.citation,
        "basis": one.basis,
    }


def _row(account: Account, asked: Asked, verdict: Verdict, usage: Sequence[Usage], office: str) -> tuple[Any, ...]:
    shut = [one.rule for one in verdict.findings if one.verdict not in OPEN] or [one.rule for one in verdict.findings]
    return (
        account.number, asked.channel, asked.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), verdict.verdict,
        shut[0] if shut else None, local(verdict.next_allowed_at, office), used(usage), asked.reach,
        [finding(one) for one in verdict.findings], verdict.preset, verdict.preset_version,
    )  # fmt: skip


def _notes(answers: Sequence[tuple[Asked, Verdict, Sequence[Usage]]]) -> list[str]:
    """Each rule that says something, once, with its citation; and what the debtor's clock shows."""
    found: dict[str, None] = {}
    for asked, verdict, _ in answers:
        for one in verdict.findings:
            basis = f"{one.citation}; {BASES.get(one.basis, one.basis)}"
            found[f"{one.rule} ({one.verdict}): {one.why} [{basis}]"] = None
        if verdict.next_allowed_at is None:
            found[f"{asked.channel}: {NEVER}"] = None
    asked = answers[0][0]
    clocks = "; ".join(f"{shown_at(asked.at, place)} in {place}" for place in asked.zones)
    return [*found, f"where the debtor is: {clocks}"]
