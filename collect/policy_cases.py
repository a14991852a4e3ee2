"""Cases for the rules, as a compliance officer writes them: what happened, what is asked, and the verdict expected.

A case is one object; a file is a list of them (JSON) or `[[case]]` tables (TOML)::

    {"id": "S1", "preset": "us-fdcpa", "rule": "US-REGF-6B1-KNOWN", "expect": "BLOCK",
     "log": [{"at": "2026-03-30T14:00", "channel": "call", "direction": "in", "outcome": "spoke", "debts": ["A1"],
              "avoid": [{"from": "00:00", "to": "11:00", "days": "mon-fri"}]}],
     "candidate": {"at": "2026-04-01T10:00", "zones": ["America/Chicago"], "channel": "call", "debts": ["A1"]}}

`expect` is the verdict of `rule` (another rule may say more), or of the whole gate where no rule is named. `on` and
`off` list rules to switch, `own` company rules to add, `scope` what is known of the debt. Times are those of `tz`: of
the entry, else the candidate, else the book.

The log holds contacts (with a `channel`) and, by `type`: any kind of hold (`at`, `end`, `medium`), `preference` with
`avoid` or `only`, `sms-consent`, `email-consent`, `call-consent`, `promise` (`due`, `amount`), `receipt` (`mode`,
`amount`, `payer`, `bill`, or `loan` and `instalment`), `due` (`paid_on`, `loan`), and the events rules name, such as
`validation-notice-sent`. A candidate is a contact, or by `type` a `receipt`, `day-end`, `clock`, `purge-request`,
`dispute-written`, `assign-agent`, `settlement-approve`, `settlement-offer`, `compensation` or `interest`. `content`
lists flags of what a message says (`legal-threat`, `misleading-card`, ...); plain words in `says` and `text` are read
as far as they are understood (`collect.policy_words`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from collect import money, policy, policy_amounts, policy_classes, policy_duties
from collect.errors import CollectError, InputRefused
from collect.policy_casefacts import Raw, Told, asked, day, events, receipt, told, word, zone_names
from collect.policy_facts import ANY_SCOPE, Finding, Scope, worst
from collect.policy_hours import local_day, zones
from collect.presets import Preset, Rule, chain, own, rules_in_force, switched


class CaseResult(NamedTuple):
    """One case judged: what was expected of which rule, what came out, and why."""

    case: str
    rule: str
    expected: str
    got: str
    ok: bool
    why: str


class _Case(NamedTuple):
    """A case made ready: the rules in force on its day, its candidate and what its log tells."""

    presets: tuple[Preset, ...]
    rules: list[Rule]
    candidate: Raw
    told: Told
    zones: tuple[str, ...]
    scope: Scope
    on: date

    def of_kind(self, *kinds: str) -> list[Rule]:
        """The rules of those kinds in force."""
        return [rule for rule in self.rules if rule.kind in kinds]


def cases_of(text: str) -> list[Raw]:
    """The cases in the text of a file, JSON or TOML; InputRefused where it is neither."""
    import json
    import tomllib

    start = text.lstrip()[:2]
    try:
        found = json.loads(text) if start[:1] in ("[", "{") and start != "[[" else tomllib.loads(text)
    except ValueError as error:
        raise InputRefused(f"not a file of cases: {error}", "write a JSON list or TOML [[case]] tables") from error
    cases = found.get("case", found.get("cases", ())) if isinstance(found, dict) else found
    if not cases or not all(isinstance(case, dict) for case in cases):
        raise InputRefused("no cases in the file", "write a JSON list or TOML [[case]] tables")
    return list(cases)


def run_cases(cases: Sequence[Raw], zone: str = "UTC", company: Preset | None = None) -> list[CaseResult]:
    """Every case with what its rule says; `zone` is the book's, `company` its own rules, laid on top."""
    return [_run(case, zone, company) for case in cases]


def _run(case: Raw, zone: str, company: Preset | None) -> CaseResult:
    expected, name = str(case.get("expect", "")), str(case.get("rule", ""))
    try:
        ready = _ready(case, zone, company)
        got, why = _judged(ready, name)
    except CollectError as error:
        got, why = "REFUSED", error.message
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        got, why = "REFUSED", f"the case cannot be read: {type(error).__name__} {error}"
    return CaseResult(str(case.get("id", "")), name, expected, got, _same(expected, got), why)


def _same(expected: str, got: str) -> bool:
    try:
        return Decimal(expected) == Decimal(got)
    except InvalidOperation:
        return expected.upper() == got.upper()


def _ready(case: Raw, zone: str, company: Preset | None) -> _Case:
    candidate, log = dict(case["candidate"]), list(case.get("log", ()))
    names = zone_names(candidate, zone)
    scope = Scope(**case["scope"]) if case.get("scope") else ANY_SCOPE
    presets = _switched(chain(str(case["preset"])), case)
    presets += (own(case["own"]),) if case.get("own") else ()
    presets += (company,) if company else ()
    heard = told(log, candidate, names)
    on = local_day(asked(candidate, names).at, zones(names)[0]) if candidate.get("channel") else _day(candidate, heard)
    return _Case(presets, rules_in_force(presets, on, scope), candidate, heard, names, scope, on)


def _switched(presets: tuple[Preset, ...], case: Raw) -> tuple[Preset, ...]:
    switches = dict.fromkeys(case.get("on", ()), True) | dict.fromkeys(case.get("off", ()), False)
    return tuple(
        switched(one, {rule.id: switches[rule.id] for rule in one.rules if rule.id in switches}) for one in presets
    )


def _day(candidate: Raw, heard: Told) -> date:
    """The day of a candidate that is no contact; a clock without one runs on the day of the last event."""
    if candidate.get("at"):
        return day(candidate["at"])
    return max((event.on for event in heard.facts.events if event.on > date.min), default=date.max)


def _judged(case: _Case, name: str) -> tuple[str, str]:
    """The verdict of the named rule, or of all of them, and why."""
    kind = word(case.candidate.get("type"))
    if kind in ("compensation", "interest"):
        return _amount(case, name, kind)
    if kind == "day-end" and any(rule.kind == "classes" and name in ("", rule.id) for rule in case.rules):
        return _class(case, name)
    if name and name not in {rule.id for one in case.presets for rule in one.rules}:
        raise InputRefused(f"no such rule in the preset: {name}", "see collect policy show")
    found = FINDERS.get(kind, _contact)(case)
    spoken = tuple(finding for finding in found if not name or finding.rule == name)
    return worst(spoken), "; ".join(finding.why for finding in spoken) or "the rule does not object"


def _contact(case: _Case) -> Sequence[Finding]:
    if case.candidate.get("type") and not case.candidate.get("channel"):
        return _clock(case)
    return policy.findings(case.presets, asked(case.candidate, case.zones), case.told.facts, case.scope)


def _clock(case: _Case) -> list[Finding]:
    """Tasks that follow from what happened and from the candidate itself."""
    happened = [*case.told.facts.events, *events(case.candidate)]
    return [
        Finding(task.rule, "SCHEDULE", f"{task.text}: {task.from_on} to {task.due_on}", task.citation, task.basis)
        for task in policy_duties.tasks(case.presets, happened, case.on, case.scope)
    ]


def _receipt(case: _Case) -> Sequence[Finding]:
    return policy_amounts.judge_receipt(case.presets, receipt(case.candidate), case.told.receipts, case.scope).findings


def _day_end(case: _Case) -> list[Finding]:
    """What each promise is at that day-end."""
    currency = str(case.candidate.get("currency", "INR"))
    paid = money.typed(str(case.candidate.get("paid", 0)), currency)
    found = [
        policy_classes.promise(rule, due_on, money.typed(amount, currency), paid, case.on)
        for rule in case.of_kind("promise")
        for due_on, amount in case.told.promises
    ]
    return [finding for finding in found if finding is not None]


def _dispute(case: _Case) -> list[Finding]:
    """What a dispute brings about: a stop inside the period, a mark after it."""
    happened = (*case.told.facts.events, *events(case.candidate))
    ask = asked({"channel": "letter", "at": f"{case.on}T12:00"}, case.zones)
    found = [*policy.findings(case.presets, ask, case.told.facts._replace(events=happened), case.scope)]
    late = [policy_duties.late_dispute(rule, happened, case.on) for rule in case.of_kind("late-dispute")]
    return found + [finding for finding in late if finding is not None]


def _purge(case: _Case) -> list[Finding]:
    found = [policy_duties.may_purge(rule, case.told.facts.events, case.on) for rule in case.of_kind("retention")]
    return [finding for finding in found if finding is not None]


def _assign(case: _Case) -> list[Finding]:
    until = case.candidate.get("valid_until")
    found = [
        policy_duties.certified(
            rule,
            str(case.candidate.get(rule.terms["certificate"].replace("-", "_")) or ""),
            day(until) if until else None,
            case.on,
        )
        for rule in case.of_kind("certificate")
    ]
    return [finding for finding in found if finding is not None]


def _settle(case: _Case) -> list[Finding]:
    """Whether a settlement may be approved by that level, and paid over that time."""
    sanctioned = [int(event.detail["level"]) for event in case.told.facts.events if "level" in event.detail]
    found = [
        policy_duties.approval(
            rule, max(sanctioned, default=None), case.candidate.get("level"), case.candidate.get("final_payment_days")
        )
        for rule in case.of_kind("approval")
    ]
    return [finding for finding in found if finding is not None]


def _amount(case: _Case, name: str, kind: str) -> tuple[str, str]:
    """The sum a rule on late payment gives."""
    rule = _named(case, name, kind)
    currency = rule.terms["currency"]
    stated = case.candidate.get("debt") or case.candidate[f"debt_{currency.lower()}"]
    debt = money.typed(str(stated), currency)
    if kind == "compensation":
        return money.plain(policy_amounts.compensation(rule, debt), currency), f"on {currency} {stated}"
    rate, days = Decimal(str(case.candidate["reference"])), int(case.candidate["days"])
    due = policy_amounts.interest(rule, [(rate, debt * days)])
    return money.plain(due, currency), f"{days} days at {rate} + {rule.terms['points']} per cent"


def _class(case: _Case, name: str) -> tuple[str, str]:
    """The class of the loan, or of the borrower, at the day-end."""
    loan, revolving = str(case.candidate.get("loan", "")), bool(case.candidate.get("revolving"))
    got = policy_classes.classify(_named(case, name, "classes"), case.told.dues, case.on, loan, revolving=revolving)
    oldest = min((due.due_on for due in case.told.dues if due.paid_on is None), default=None)
    return got, f"day {policy_classes.day_count(oldest, case.on)} of the oldest due" if oldest else "nothing in arrears"


def _named(case: _Case, name: str, kind: str) -> Rule:
    rule = next((rule for rule in case.of_kind(kind) if name in ("", rule.id)), None)
    if rule is None:
        raise InputRefused(f"no rule of kind {kind} in force: {name}", "see collect policy show")
    return rule


FINDERS: dict[str, Callable[[_Case], Sequence[Finding]]] = {
    "receipt": _receipt,
    "day-end": _day_end,
    "dispute-written": _dispute,
    "purge-request": _purge,
    "assign-agent": _assign,
    "settlement-approve": _settle,
    "settlement-offer": _settle,
}
