"""Conduct rules as sheets and pages; breaches and cases as lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from collect.conduct import Gate
from collect.contacts import Contact
from collect.presets import BASES, OWN, Preset, Rule
from collect.records import Account
from collect.views import contact as contact_view
from collect.views.sheet import Column, Done, Fact, Page, Sheet


def presets(found: Sequence[Preset], chosen: Sequence[str], gate: Gate, today: date) -> Sheet:
    """Every preset there is; which are chosen, and which of those bind today."""
    columns = (
        Column("preset", "Rules"),
        Column("version", "Version", rank=3),
        Column("title", "Title"),
        Column("chosen", "Chosen", "flag"),
        Column("in_force", "In force", "flag"),
        Column("effective_from", "From", "date", rank=1),
        Column("effective_to", "Through", "date", rank=2),
        Column("rules", "Rules", "int", rank=4),
        Column("notice", "Notice", machine=True),
    )
    known = {one.id for one in gate.presets}
    rows = [
        (
            one.id, one.version, one.title, one.id in chosen,
            one.id in known and one.in_force(today, gate.scope), _day(one.effective_from), _day(one.effective_to),
            len(one.rules), one.notice,
        )
        for one in found
    ]  # fmt: skip
    notes = ("not legal advice: every rule names its source and how far it was checked ('collect policy show')",)
    return Sheet("policy list", "Conduct rules", columns, rows, notes=notes)


def rules(found: Sequence[Preset], title: str, gate: Gate, today: date) -> Page:
    """Every rule of those presets with its citation and basis."""
    columns = (
        Column("preset", "Of"),
        Column("rule", "Rule"),
        Column("kind", "Kind", rank=3),
        Column("action", "Verdict"),
        Column("on", "On", "flag"),
        Column("text", "What it says"),
        Column("channels", "Channels", rank=4),
        Column("citation", "Citation", rank=1),
        Column("basis", "Basis", rank=2),
        Column("basis_text", "How far checked", machine=True),
        Column("terms", "Terms", "list"),
    )
    rows = [_rule(one, rule) for one in found for rule in one.rules]
    facts = [
        Fact(name, label, value)
        for name, label, value in (
            ("presets", "Rules", ", ".join(f"{one.id} {one.version}" for one in found)),
            ("titles", "Title", "; ".join(one.title for one in found)),
            ("in_force", "In force today", ", ".join(one.id for one in found if one.in_force(today, gate.scope))),
            ("scope", "Scope", ", ".join(f"{key} {value}" for key, value in _scope(gate).items()) or "not stated"),
        )
    ]
    notes = dict.fromkeys(one.notice for one in found if one.notice)
    bases = sorted({rule.basis for one in found for rule in one.rules})
    return Page(
        "policy show",
        title,
        facts,
        {"rules": Sheet("rules", "Rules", columns, rows)},
        notes=[*notes, *(f"{basis}: {BASES[basis]}" for basis in bases)],
    )


def _rule(preset: Preset, rule: Rule) -> tuple[Any, ...]:
    return (
        preset.id, rule.id, rule.kind, rule.action, rule.on, rule.text, ", ".join(sorted(rule.channels)),
        rule.citation, rule.basis, BASES[rule.basis], dict(rule.terms),
    )  # fmt: skip


def _scope(gate: Gate) -> dict[str, Any]:
    return {key: value for key, value in gate.scope._asdict().items() if value not in ("", None)}


def used(before: Mapping[str, str], after: Mapping[str, str], own: Sequence[str], *, dry_run: bool) -> Done:
    """Which rules were chosen: settings by name as they were and are."""
    lines = [
        f"{key} is now {value or 'empty'}, was {before[key] or 'empty'}"
        for key, value in after.items()
        if before[key] != value
    ]
    lines += [f"own rule: {name}" for name in own]
    facts = (
        *(Fact(key.replace(".", "_"), key, value) for key, value in after.items()),
        Fact("own_rules", "Own rules", list(own), "list"),
    )
    return Done("policy use", lines or ["it is so already, nothing to change"], facts, dry_run)


def breaches(rows: Sequence[tuple[Account, Contact, str, Sequence[str], str]]) -> Sheet:
    """Contacts that went against a rule: whose, which, by whom, (rule, verdict, why, citation, basis), presets."""
    columns = (
        Column("contact", "Contact", "int"),
        Column("at", "At (UTC)", "instant", machine=True),
        Column("local_at", "Local time", "instant"),
        Column("account", "Account"),
        Column("name", "Name", rank=5),
        Column("agent", "By", rank=2),
        Column("channel", "Channel", rank=4),
        Column("outcome", "Outcome", rank=6),
        Column("rule", "Rule"),
        Column("verdict", "Verdict", rank=3),
        Column("why", "Because"),
        Column("reason", "Reason given"),
        Column("citation", "Citation", rank=1),
        Column("basis", "Basis", machine=True),
        Column("policy", "Judged by", machine=True),
    )
    cells = [
        (
            contact.id, contact_view.utc(contact.at), contact_view.local(contact.at, contact.offset_minutes),
            account.number, account.name, agent, contact.channel, contact.outcome, *breach[:3],
            contact.reason or None, *breach[3:], policy,
        )
        for account, contact, agent, breach, policy in rows
    ]  # fmt: skip
    missing = sum(not contact.reason for _, contact, *_ in rows)
    notes = [f"without a reason: {missing} (collect log --correct CONTACT --why TEXT)"] if missing else []
    return Sheet("policy breaches", "Breaches", columns, cells, notes=notes)


def cases(results: Sequence[Any]) -> Sheet:
    """Each case with what was expected and what came out."""
    columns = (
        Column("case", "Case"),
        Column("rule", "Rule"),
        Column("expected", "Expected"),
        Column("got", "Got"),
        Column("ok", "As expected", "flag"),
        Column("why", "Because", rank=1),
    )
    rows = [(one.case, one.rule, one.expected, one.got, one.ok, one.why) for one in results]
    wrong = sum(not one.ok for one in results)
    notes = [f"{len(results) - wrong} of {len(results)} cases as expected"]
    return Sheet("policy test", "Cases", columns, rows, notes=notes)


def _day(day: date) -> date | None:
    return None if day in (date.min, date.max) else day


def own_title(found: Sequence[Preset]) -> str:
    """What a page on several bodies of rules is called."""
    return "Rules in use" if any(one.id == OWN for one in found) or len(found) > 1 else found[0].title
