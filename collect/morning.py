"""The morning on one page: everything to see to today, the most pressing kinds first, few enough of each to be read."""

from collections.abc import Sequence
from typing import NamedTuple

KINDS = {
    "legal clock": "collect report clocks",
    "bounced payment": "collect queue --only broken",
    "broken plan": "collect plan list --broken",
    "broken promise": "collect promise list --broken",
    "promise": "collect promise list --due",
    "instalment": "collect plan list --due today",
    "dispute past its day": "collect dispute list --late",
    "stage to move": "collect stage list --due",
    "cheque": "collect cheque list",
    "cash": "collect payment cash",
    "breach": "collect policy breaches --unexplained",
}
"""Every kind of task in the order of the page, and the command that shows all of that kind."""
MOST = 10
"""Tasks of one kind on the page."""


class Task(NamedTuple):
    """One thing to see to: what kind of thing, on which account (0 for none), in words, whose, and how much.

    `amount_minor` is in minor units, None where it is no matter of an amount; `on` is the day it was for, where that
    decides whether it is still shown.
    """

    kind: str
    account_id: int
    text: str
    agent: str = ""
    currency: str = ""
    amount_minor: int | None = None
    on: str = ""


def page(tasks: Sequence[Task], since: str) -> list[Task]:
    """Return the tasks that fit on the page: by kind, `MOST` of each, and what is left out as a count.

    Of broken promises the latest come first, and those for a day before `since` (ISO) are only counted: the queue and
    the ladder go on about them.
    """
    found: list[Task] = []
    for kind, command in KINDS.items():
        own = [task for task in tasks if task.kind == kind]
        older = [task for task in own if task.on and task.on < since]
        fresh = sorted((task for task in own if task not in older), key=lambda task: task.on, reverse=True)
        found += fresh[:MOST]
        if len(fresh) > MOST:
            found.append(Task(kind, 0, f"and {len(fresh) - MOST} more: '{command}'"))
        if older:
            found.append(Task(kind, 0, f"and {len(older)} from before {since}: '{command}'"))
    return found
