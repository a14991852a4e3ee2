"""What the settings say of plans and settlements: floors, limits of approval, and who has which role.

All amounts are whole minor units of the book's currency.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from collect import daysoff, money
from collect.errors import WrongUsage
from collect.settlements import Floor, Limit, Person

KINDS = ("move", "odd", "holidays", "region", "floors", "limits", "roles")
"""Kinds of settings that are checked here."""
_FLOOR = re.compile(r"(?:([^:@]+):)?(\d{1,3}(?:\.\d+)?)%?(?:@(\d{1,5}))?")
_LIMIT = re.compile(r"([^:]+):(\d{1,3}):(\d{1,3}(?:\.\d+)?)%?(?::([\d.,]+))?")


class Staff(NamedTuple):
    """The approval matrix and who stands where in it."""

    limits: tuple[Limit, ...]
    roles: dict[str, str]

    def person(self, name: str) -> Person:
        """Somebody with their level; 0 where they have no role."""
        return Person(name, next((one.level for one in self.limits if one.role == self.role(name)), 0))

    def role(self, name: str) -> str:
        """The role of somebody, '' where none is known; names are compared without regard to case."""
        return self.roles.get(_folded(name), "")


def floors(text: str) -> tuple[Floor, ...]:
    """Least percents of `60@0, 40@180, gold:80`, from so many days overdue on; WrongUsage otherwise."""
    found = []
    for part in _parts(text):
        match = _FLOOR.fullmatch(part)
        if match is None or Decimal(match[2]) > 100:
            raise WrongUsage(f"not a floor of settlements: {part}", "use percent@days, such as 60@0, 40@180, gold:80")
        found.append(Floor(Decimal(match[2]), (match[1] or "").strip(), int(match[3] or 0)))
    return tuple(found)


def limits(text: str, currency: str) -> tuple[Limit, ...]:
    """The approval matrix of `agent:1:10:50000, head:3:60`: role, level, percent and amount; else WrongUsage."""
    found = []
    for part in _parts(text, ";" if ";" in text else ","):
        match = _LIMIT.fullmatch(part)
        if match is None or Decimal(match[3]) > 100:
            hint = "use role:level:percent or role:level:percent:amount, such as head:3:60"
            raise WrongUsage(f"not a limit of approval: {part}", hint)
        most_minor = money.typed(match[4], currency) if match[4] else None
        found.append(Limit(match[1].strip(), int(match[2]), Decimal(match[3]), most_minor))
    return tuple(found)


def roles(text: str) -> dict[str, str]:
    """Who has which role, from `asha=agent, meena=head`; WrongUsage otherwise."""
    found = {}
    for part in _parts(text):
        name, equals, role = (word.strip() for word in part.partition("="))
        if not (name and equals and role):
            raise WrongUsage(f"not a name and a role: {part}", "use name=role, such as meena=head")
        found[_folded(name)] = role
    return found


def check(key: str, kind: str, text: str) -> None:
    """Raise WrongUsage where a setting of that kind cannot be so."""
    words = {"move": daysoff.MOVES, "odd": ("first", "last")}.get(kind)
    if words is not None and text not in words:
        raise WrongUsage(f"not a value of {key}: {text}", f"use one of: {', '.join(words)}")
    if kind == "holidays":
        daysoff.own_list(text)
    elif kind == "region":
        daysoff.region(text)
    elif kind == "floors":
        floors(text)
    elif kind == "limits":
        limits(text, "INR")
    elif kind == "roles":
        roles(text)


def _parts(text: str, between: str = ",") -> Iterator[str]:
    return filter(None, (part.strip() for part in text.split(between)))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
