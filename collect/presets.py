"""Presets: conduct rules as dated, scoped data, one file each in `collect/data/policies/`.

Numbers and citations live in those files; what a kind of rule means is code. A preset says from when to when it is in
force and to whom it applies; a rule says how far it was verified (its basis). A rule that rests on memory is off
until someone turns it on. A company's own rules are a preset too, and never carry a law's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from collect.errors import NotFound, WrongUsage
from collect.policy_days import Holiday, Holidays
from collect.policy_facts import SEVERITY, Finding, Scope

FOLDER = Path(__file__).parent / "data" / "policies"
HOUSE = "policy"
"""The preset that always lies beneath: holds and company defaults, none of it law."""
OWN = "own"

BASES = {
    "T": "read in the statute or regulation",
    "O": "read in official commentary or questions and answers, in a reproduction",
    "S": "stated by a secondary source",
    "M": "from memory, unverified; off until turned on",
    "P": "policy, not law",
}

# The terms of each kind of rule: those it must have, and those it may.
KINDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    kind: (frozenset(needs.split()), frozenset(may.split()))
    for kind, needs, may in (
        ("hours", "windows", "warn zones place holidays"),
        ("wishes", "", ""),
        ("role", "allow", "consent"),
        ("stop", "hold", "reason_purposes content place days tail_days"),
        ("content", "flags", "purpose"),
        ("cap", "max days", "count outcomes not_counted not_roles direction per"),
        ("cooldown", "days", "count not_counted not_roles"),
        ("pattern", "minutes per_day look_back_days", ""),
        ("burst", "per_day days", ""),
        ("once", "purpose", ""),
        ("procedure", "consent", "days renewed_by notice notice_days"),
        ("needs", "event", ""),
        ("misses", "count places", ""),
        ("disputed", "event until receipt_days period_days", ""),
        ("quiet", "", "reminder_days"),
        ("consent", "consent days", ""),
        ("professional", "roles", ""),
        ("reply", "hours", ""),
        ("confirmation", "purpose", ""),
        ("cash", "limit currency", "per loans_only"),
        ("classes", "bands last", ""),
        ("promise", "grace_days kept_percent", ""),
        ("late-dispute", "receipt_days period_days", ""),
        ("notice-due", "days", ""),
        ("validation", "receipt_days period_days", ""),
        ("postdated", "ahead_days first last", ""),
        ("cheque", "notice_days pay_days complaint_months", ""),
        ("retention", "months", ""),
        ("certificate", "certificate", ""),
        ("approval", "levels_above restructure_days", ""),
        ("compensation", "tiers currency", ""),
        ("interest", "points currency", "rates rates_basis each_half_year"),
        ("limitation", "months", ""),
        ("supplier-interest", "agreed_days default_days times rates currency", "rates_basis"),
        ("note", "", ""),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: what it is, what it does, where it comes from, and the `terms` its kind needs.

    `fallback`: used only where no law in force has a rule of its kind for that channel (for a stop: for that hold).
    `exempts` are the rules an exemption lifts, `overrides` the reasons that turn its BLOCK into REASON.
    """

    id: str
    kind: str
    text: str
    action: str
    citation: str
    basis: str
    on: bool
    terms: Mapping[str, Any]
    effective_from: date = date.min
    effective_to: date = date.max
    channels: frozenset[str] = frozenset()
    except_roles: frozenset[str] = frozenset()
    except_purposes: frozenset[str] = frozenset()
    overrides: frozenset[str] = frozenset()
    exempts: frozenset[str] = frozenset()
    fallback: bool = False
    holidays: Holidays = ()

    def finding(self, verdict: str, why: str, until: Any = None) -> Finding:
        """What this rule says, with its citation and basis."""
        return Finding(self.id, verdict, why, self.citation, self.basis, until)


@dataclass(frozen=True, slots=True, eq=False)
class Preset:
    """A body of rules in force from one day to another, for those it applies to."""

    id: str
    title: str
    version: str
    notice: str
    rules: tuple[Rule, ...]
    effective_from: date = date.min
    effective_to: date = date.max
    applies_when: tuple[tuple[str, Any], ...] = ()
    neighbours: tuple[str, ...] = ()

    @property
    def is_law(self) -> bool:
        """Whether it states law or a regulator's guidance, rather than the company's own rules."""
        return self.id not in (HOUSE, OWN)

    def in_force(self, day: date, scope: Scope) -> bool:
        """Whether it binds on that day, in that scope; what is unknown of the scope excludes nothing."""
        return self.effective_from <= day <= self.effective_to and all(
            _fits(name, wanted, scope) for name, wanted in self.applies_when
        )


def _fits(name: str, wanted: Any, scope: Scope) -> bool:
    known = getattr(scope, name.removesuffix("_not"))
    if known in ("", None):
        return True
    return known not in wanted if name.endswith("_not") else known in wanted


def names() -> tuple[str, ...]:
    """The presets that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(name: str) -> Preset:
    """The preset of that name, read once; NotFound with the names there are."""
    import tomllib

    path = FOLDER / f"{name}.toml"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise NotFound(f"no such policy preset: {name}", f"there are {', '.join(names())}")
    with path.open("rb") as file:
        return preset(tomllib.load(file))


@cache
def chain(*chosen: str) -> tuple[Preset, ...]:
    """The chosen presets, those they replace or are replaced by, and the house rules beneath them all."""
    found: dict[str, Preset] = {}
    waiting = [*chosen, HOUSE]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = load(name)
            waiting[:0] = found[name].neighbours
    return tuple(sorted(found.values(), key=lambda one: not one.is_law))


def preset(raw: Mapping[str, Any]) -> Preset:
    """A preset from its data; WrongUsage names the rule and the term that is missing or unknown."""
    holidays = tuple(Holiday(**day) for day in raw.get("holiday", ()))
    notice = raw.get("notice", "")
    start, end = raw.get("effective_from", date.min), raw.get("effective_to", date.max)
    scope = raw.get("applies_when", {})
    unknown = {name.removesuffix("_not") for name in scope} - set(Scope._fields)
    if unknown:
        raise WrongUsage(f"no such scope: {', '.join(sorted(unknown))}", "see collect policy show")
    return Preset(
        id=raw["id"],
        title=raw["title"],
        version=str(raw["version"]),
        notice=notice,
        rules=tuple(rule(one, holidays) for one in raw.get("rule", ())),
        effective_from=start,
        effective_to=end,
        applies_when=tuple((name, tuple(wanted)) for name, wanted in scope.items()),
        neighbours=tuple(raw[name] for name in ("supersedes", "superseded_by") if name in raw),
    )


_SETS = ("channels", "except_roles", "except_purposes", "overrides", "exempts")
_PLAIN = ("text", "action", "citation", "basis", "effective_from", "effective_to", "fallback", "on", "id", "kind")


def rule(raw: Mapping[str, Any], holidays: Holidays = ()) -> Rule:
    """One rule from its data; WrongUsage where its kind is unknown or its terms do not fit the kind."""
    name, kind = str(raw.get("id", "")), str(raw.get("kind", ""))
    if kind not in KINDS or not name:
        raise WrongUsage(f"no such kind of rule: {kind or 'none given'}", f"kinds are {', '.join(KINDS)}")
    terms = {term: value for term, value in raw.items() if term not in _SETS and term not in _PLAIN}
    needs, may = KINDS[kind]
    if missing := needs - terms.keys():
        raise WrongUsage(f"rule {name} lacks: {', '.join(sorted(missing))}", f"a rule of kind {kind} needs it")
    if unknown := terms.keys() - needs - may:
        raise WrongUsage(f"rule {name} does not know: {', '.join(sorted(unknown))}", f"its kind is {kind}")
    if kind == "cap" and terms["max"] < 1:
        raise WrongUsage(f"rule {name} allows none: {terms['max']}", "close the hours instead: windows = []")
    action, basis = raw.get("action", "BLOCK"), raw.get("basis", "P")
    if action not in SEVERITY or basis not in BASES:
        raise WrongUsage(f"rule {name} has no such action or basis: {action}, {basis}", "see collect policy show")
    return Rule(
        id=name,
        kind=kind,
        text=raw.get("text", ""),
        action=action,
        citation=raw.get("citation", "company policy"),
        basis=basis,
        on=raw.get("on", basis != "M"),
        terms=terms,
        effective_from=raw.get("effective_from", date.min),
        effective_to=raw.get("effective_to", date.max),
        **{one: frozenset(raw.get(one, ())) for one in _SETS},
        fallback=raw.get("fallback", False),
        holidays=holidays
        if terms.get("holidays") or kind in ("validation", "disputed", "late-dispute", "postdated")
        else (),
    )


def own(rules: Sequence[Mapping[str, Any]], version: str = "1") -> Preset:
    """A company's own rules, laid on top of any preset; whatever they claim, they are policy and not law."""
    kept = tuple(
        replace(rule(one), basis="P", citation="company rule", on=bool(one.get("on", True)), fallback=False)
        for one in rules
    )
    return Preset(OWN, "The company's own rules", version, "Company policy, not law.", kept)


def switched(one: Preset, switches: Mapping[str, bool]) -> Preset:
    """The preset with rules turned on or off by id; NotFound for an id it does not have."""
    ids = {rule.id for rule in one.rules}
    if unknown := switches.keys() - ids:
        raise NotFound(f"no such rule in {one.id}: {', '.join(sorted(unknown))}", "see collect policy show")
    changed = tuple(replace(rule, on=switches.get(rule.id, rule.on)) for rule in one.rules)
    return replace(one, rules=changed)


def rules_in_force(presets: Sequence[Preset], day: date, scope: Scope) -> list[Rule]:
    """The rules that are on and in force that day, in that scope, law first."""
    return [
        rule
        for one in presets
        if one.in_force(day, scope)
        for rule in one.rules
        if rule.on and rule.effective_from <= day <= rule.effective_to
    ]


def boundaries(presets: Sequence[Preset]) -> tuple[date, ...]:
    """The days on which what is in force changes, in order."""
    dated: list[Preset | Rule] = [*presets]
    for one in presets:
        dated += one.rules
    starts = {part.effective_from for part in dated if part.effective_from > date.min}
    ends = {part.effective_to + timedelta(days=1) for part in dated if part.effective_to < date.max}
    return tuple(sorted(starts | ends))
