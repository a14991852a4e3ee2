"""What an account's plans mean for today's work: leave it alone, remind it, or take it up first."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from collect.money import Money
from collect.progress import Standing

_DAY = timedelta(days=1)


class Place(NamedTuple):
    """What to do with an account for its plans' sake, and why, in words.

    "first": an agreement was broken, the account belongs at the top; "remind": an instalment is due tomorrow, today,
    or late within the grace: a reminder and nothing more; "hold": on track, nobody chases it; "none": the plans do
    not cover all that is overdue, so that they say nothing of the rest. `until` is the day from which a reminder of
    the next instalment is due (ISO), where it is held until then.
    """

    what: Literal["first", "remind", "hold", "none"]
    why: str
    plan: str
    until: str = ""


def place(plans: Iterable[tuple[str, Standing]], overdue_items: Collection[int], today: date) -> Place | None:
    """The place of an account by its plans (number, standing) and the ids of its overdue items; None without plans.

    What is broken comes before what is late, and that before what is on track.
    """
    found = [one for one in (_of(number, standing, today) for number, standing in plans) if one is not None]
    if not found:
        return None
    best = min((one for one, _ in found), key=lambda one: ("first", "remind", "hold").index(one.what))
    covered = frozenset[int]().union(*(items for _, items in found))
    if best.what != "first" and not covered.issuperset(overdue_items):
        return best._replace(what="none")
    return best


def _of(number: str, standing: Standing, today: date) -> tuple[Place, frozenset[int]] | None:
    """What one plan asks for, and the items it covers; None where it has ended."""
    plan, next_, code = standing.plan, standing.next, standing.plan.currency
    if standing.state in {"broken", "lapsed"} and standing.open_minor > 0:
        left = Money(standing.open_minor, code)
        why = f"{plan.kind} {number} {standing.state} since {standing.broken_on}: {left} open"
        return Place("first", why, number), plan.item_ids
    if standing.state not in {"active", "late"} or next_ is None:
        return None
    left, due_on = Money(next_.left_minor, code), next_.instalment.due_on
    if standing.state == "late":
        return Place("remind", f"instalment of {number} late since {due_on}: {left}", number), plan.item_ids
    if due_on <= today + _DAY:
        return Place("remind", f"instalment of {number} due on {due_on}: {left}", number), plan.item_ids
    why = f"{plan.kind} {number} on track, next {left} on {due_on}"
    return Place("hold", why, number, (due_on - _DAY).isoformat()), plan.item_ids
