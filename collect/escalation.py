"""Stages: the ladder an overdue account goes up, step by step; the tool proposes, a person moves.

Nothing is skipped and nothing repeated: proposed is only the step after the one an account stands on, and asking again
gives the same answer. Once all that was overdue at the last move is paid, the next debt begins at the foot.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from collect.dates import days_overdue
from collect.errors import Refused, WrongUsage
from collect.money import Money, exponent

if TYPE_CHECKING:  # imported where somebody approves
    from collect.planterms import Staff
    from collect.settlements import Person

_FORM = "write steps like: reminder days=1; call days=15 from=5000 broken=1 after=7; legal days=90 approval"


class Step(NamedTuple):
    """One step: from how many days overdue, or how many broken promises, it may be entered (0: not by promises).

    Always only from `from_major` overdue in major units, and `after_days` after the step before.
    """

    name: str
    days: int
    from_major: int = 0
    broken: int = 0
    after_days: int = 0
    approval: bool = False


class Move(NamedTuple):
    """An account was moved to a stage on a day, by whom, and why."""

    account_id: int
    stage: str
    moved_on: date
    reason: str = ""
    approved_by: str = ""
    agent: str = ""


class Facts(NamedTuple):
    """What decides about one account: what is overdue and not disputed by currency, since when, and its last move."""

    account_id: int
    overdue: Mapping[str, int]
    oldest_due_on: date
    broken: int = 0
    last: Move | None = None


class Proposal(NamedTuple):
    """The step an account may be moved to, and the facts for it in words."""

    step: Step
    because: str


def ladder(text: str) -> tuple[Step, ...]:
    """Read a ladder from a setting; WrongUsage where it cannot be one."""
    steps = tuple(_step(part.strip()) for part in text.split(";") if part.strip())
    names = [step.name for step in steps]
    if not steps or len(set(names)) < len(names):
        raise WrongUsage(f"not a ladder of stages: {text.strip() or 'empty'}", _FORM)
    for lower, upper in pairwise(steps):
        if upper.days < lower.days:
            raise WrongUsage(f"a stage that comes before the one below it: {upper.name}", "days must rise")
    return steps


def _step(text: str) -> Step:
    words = text.split()
    given: dict[str, int] = {}
    name = []
    for word in words:
        key, sign, value = word.partition("=")
        if sign and key in {"days", "from", "broken", "after"} and value.isascii() and value.isdigit():
            given[key] = int(value)
        elif sign or (given and word != "approval"):
            raise WrongUsage(f"not a stage: {text}", _FORM)
        elif word != "approval":
            name.append(word.lower())
    if not name or "days" not in given:
        raise WrongUsage(f"not a stage: {text}", _FORM)
    return Step(
        " ".join(name),
        given["days"],
        given.get("from", 0),
        given.get("broken", 0),
        given.get("after", 0),
        words[-1] == "approval",
    )


def current(facts: Facts) -> Move | None:
    """The move that still stands; None where what is overdue now fell due on or after it: that debt is another one."""
    if facts.last is None or facts.last.moved_on <= facts.oldest_due_on:
        return None
    return facts.last


def following(steps: Sequence[Step], facts: Facts) -> Step | None:
    """The step above the one the account stands on; None at the top, and where its stage is on the ladder no more."""
    stands = current(facts)
    if stands is None:
        return steps[0]
    return next((upper for lower, upper in pairwise(steps) if lower.name == stands.stage), None)


def propose(steps: Sequence[Step], facts: Facts, today: date) -> Proposal | None:
    """The one step that an account may be moved to today, None where none is due."""
    step = following(steps, facts)
    if step is None or _missing(step, facts, today):
        return None
    days = days_overdue(facts.oldest_due_on, today)
    because = [f"{days} days overdue"] if days >= step.days else []
    if step.broken and facts.broken >= step.broken:
        because.append(f"{facts.broken} broken promises" if facts.broken > 1 else "a broken promise")
    stands = current(facts)
    if stands is not None:
        because.append(f"{stands.stage} since {stands.moved_on}")
    return Proposal(step, ", ".join(because))


def _missing(step: Step, facts: Facts, today: date) -> str:
    """What keeps an account from entering a step today, in words; '' where nothing does."""
    days = days_overdue(facts.oldest_due_on, today)
    if days < step.days and not (step.broken and facts.broken >= step.broken):
        return f"{days} days overdue, not {step.days}"
    owing = {code: minor for code, minor in facts.overdue.items() if minor > 0}
    if not any(minor >= step.from_major * 10 ** exponent(code) for code, minor in owing.items()):
        shown = ", ".join(str(Money(minor, code)) for code, minor in owing.items())
        return f"less than {step.from_major:,} overdue: {shown}" if shown else "all that is overdue is disputed"
    stands = current(facts)
    if stands is not None and (today - stands.moved_on).days < step.after_days:
        return f"{stands.stage} since {stands.moved_on}, not for {step.after_days} days"
    return ""


def move(steps: Sequence[Step], facts: Facts, wanted: str, today: date) -> tuple[Step, str]:
    """Return the step a person moves an account to ('' for the next), and what is said against it, '' for nothing.

    Up goes one step at a time; down goes anywhere; before its time is for the person to answer for. Refused where the
    account stands there already, for a step that would be skipped, and at the top.
    """
    stands = current(facts)
    names = [step.name for step in steps]
    upper = following(steps, facts)
    name = wanted.strip().lower() or (upper.name if upper else "")
    if wanted and name not in names:
        raise WrongUsage(f"no such stage: {wanted}", f"use one of: {', '.join(names)}")
    if not name:
        raise Refused(f"there is no stage above: {stands.stage if stands else ''}", "name one with --to STAGE")
    if stands is not None and stands.stage == name:
        raise Refused(f"the account is at this stage already: {name}", f"since {stands.moved_on}")
    step = steps[names.index(name)]
    place = names.index(stands.stage) if stands is not None and stands.stage in names else -1
    lost = stands is not None and stands.stage not in names
    if not lost and names.index(name) > place + 1:
        raise Refused(f"a stage would be skipped: {names[place + 1]}", f"move to {names[place + 1]} first")
    return step, _missing(step, facts, today) if names.index(name) > place else ""


def check_approval(step: Step, mover: "Person", approver: "Person", staff: "Staff") -> None:
    """Refuse a step that needs approval and has none, that of whoever moves the account, or of one who may not give it.

    Where the book knows roles (`settlement.roles`) the approver has one, and stands above the mover where they have
    levels (`settlement.limits`): the same people who approve settlements.
    """
    if not step.approval:
        return
    from collect.settlements import same

    if not approver.name.strip() or same(mover, approver):
        raise Refused(f"this stage needs the approval of somebody else: {step.name}", "add --approved-by NAME")
    if staff.roles and not staff.role(approver.name):
        hint = "the setting settlement.roles says who has which role"
        raise Refused(f"nobody with a role, so not one to approve: {approver.name}", hint)
    if staff.roles and staff.limits and approver.level <= mover.level:
        raise Refused(
            f"not above the level of {mover.name}, so not one to approve: {approver.name}",
            "the settings settlement.roles and settlement.limits say who stands where",
        )


def due(steps: Sequence[Step], all_facts: Iterable[Facts], today: date) -> dict[int, Proposal]:
    """Proposals by account id, for every account that may move today."""
    proposed = ((facts.account_id, propose(steps, facts, today)) for facts in all_facts)
    return {account_id: one for account_id, one in proposed if one is not None}
