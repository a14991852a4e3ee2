"""Credit terms as ledgers word them ("Net 30", "30 days", "2/10 net 30", "EOM+15") and the due date they give."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from collect.dates import end_of_month
from collect.grids import Cell

LONGEST: Final = 730
"""Days; a longer credit is taken for something else."""
_NET = re.compile(r"(?:.*\b)?(?:net|n)\s*[/-]?\s*(\d{1,3})(?:\s*days?)?")
_DAYS = re.compile(
    r"(?:within\s+|credit\s+(?:of\s+)?)?(\d{1,3})\s*(?:credit\s+)?(?:days?|d)\b"
    r"(?:\s+(?:from|after|of|credit|net|the|invoice|bill|date|issue|document|delivery))*"
)
_BARE = re.compile(r"(\d{1,3})(?:\.0+)?")
_AT_ONCE = re.compile(
    r"(?:(?:due |payable )?(?:on|upon|at) (?:receipt|demand|sight|once|delivery|presentation)|sight|due now|now|asap"
    r"|urgent|immediate(?:ly)?|cash|cod|cash on delivery|advance|prepaid|against delivery|sofort|comptant"
    r"|contado|turant)\b.*"
)
_MONTH_END = re.compile(
    r"(?:(?:net\s*)?(\d{1,3})\s*(?:days?\s*)?)?(?:eom|end of (?:the )?month|fdm)\s*(?:\+\s*(\d{1,3}))?(?:\s*days?)?"
)
_DAY_AFTER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:day\s*)?(?:of\s*)?(?:the\s*)?(?:following|next)\s*month")

Rule = Callable[[date], date]


def days(cell: Cell) -> int | None:
    """A count of credit days in a cell (30, "30", "30 Days", "Net 30", "COD"), None where it holds none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell <= LONGEST and cell == int(cell) else None
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.lower().split())
    match = _BARE.fullmatch(text) or _DAYS.fullmatch(text) or _NET.fullmatch(text.replace(".", " "))
    if match:
        return int(match[1]) if int(match[1]) <= LONGEST else None
    return 0 if _AT_ONCE.fullmatch(text) else None


def at_once(cell: Cell) -> bool:
    """Whether a cell says in words that the money is due on the document's own day ("immediate", "on demand")."""
    return isinstance(cell, str) and _AT_ONCE.fullmatch(" ".join(cell.lower().split())) is not None


def rule(cell: Cell) -> Rule | None:
    """From document date to due date by the terms in a cell; None where it states none that can be counted."""
    if (count := days(cell)) is not None:
        return _after(count)
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.lower().replace(".", " ").split())
    if match := _MONTH_END.fullmatch(text):
        before, after = int(match[1] or 0), int(match[2] or 0)
        return lambda day: end_of_month(day + timedelta(days=before)) + timedelta(days=after)
    if match := _DAY_AFTER.fullmatch(text):
        return _following(int(match[1]))
    return None


def _after(count: int) -> Rule:
    return lambda day: day + timedelta(days=count)


def _following(wanted: int) -> Rule:
    def due(day: date) -> date:
        last = end_of_month(end_of_month(day) + timedelta(days=1))
        return last.replace(day=min(max(wanted, 1), last.day))

    return due
