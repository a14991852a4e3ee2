"""Days on which nobody pays: weekends, the book's own list, and the public holidays of a country or state.

The one home of the `holidays` package, an extra that need not be there.
"""

from collections.abc import Iterable
from datetime import date

from collect.errors import WrongUsage
from collect.schedule import Calendar, Move

MOVES: tuple[Move, ...] = ("none", "after", "before", "within")
_YEARS = 50


def own_list(text: str) -> frozenset[date]:
    """Days typed as `2026-10-20, 2026-11-08`; WrongUsage for one that is not ISO."""
    found = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        try:
            found.append(date.fromisoformat(part))
        except ValueError as error:
            raise WrongUsage(f"not a holiday: {part}", "use YYYY-MM-DD, separated by commas") from error
    return frozenset(found)


def region(text: str) -> tuple[str, str]:
    """Country and state of `IN-MH` or `US`; ('', '') for nothing; WrongUsage for what cannot be a country code."""
    country, _, state = text.strip().upper().partition("-")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise WrongUsage(f"not a country or state: {text}", "use codes such as IN, IN-MH or US-CA")
    return country, state


def public(where: str, years: Iterable[int]) -> frozenset[date]:
    """Public holidays there in those years.

    Raises WrongUsage where the `holidays` package is missing or knows no such country or state.
    """
    country, state = region(where)
    if not country:
        return frozenset()
    try:
        import holidays
    except ImportError as error:
        hint = "pip install 'collect-desk[holidays]', or list the days in plan.holidays"
        raise WrongUsage(f"public holidays need an extra that is not installed: {where}", hint) from error
    try:
        return frozenset(holidays.country_holidays(country, subdiv=state or None, years=list(years)))
    except NotImplementedError as error:
        raise WrongUsage(f"no holidays known for: {where}", "use codes such as IN, IN-MH or US-CA") from error


def calendar(move: Move, own: str, where: str, first_year: int, workdays: frozenset[int]) -> Calendar:
    """The calendar that plans follow; nothing is looked up where they stay on their days."""
    if move == "none":
        return Calendar()
    days = own_list(own) | public(where, range(first_year, min(first_year + _YEARS, date.max.year)))
    return Calendar(move, days, frozenset(range(7)) - workdays)
