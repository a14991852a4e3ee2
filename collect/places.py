"""Where a debtor may be by their state: time zones of states that have one or several, for places that have many.

Zones are the legal ones, the most populous first. A state that is not listed says nothing.
"""

from collections.abc import Mapping

_US = {
    "America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Los_Angeles": "CA NV WA",
    "America/Phoenix": "AZ",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
}
_US_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "AK": ("America/Anchorage", "America/Adak"),
    "FL": ("America/New_York", "America/Chicago"),
    "ID": ("America/Boise", "America/Los_Angeles"),
    "IN": ("America/Indiana/Indianapolis", "America/Chicago"),
    "KS": ("America/Chicago", "America/Denver"),
    "KY": ("America/New_York", "America/Chicago"),
    "MI": ("America/Detroit", "America/Menominee"),
    "ND": ("America/Chicago", "America/Denver"),
    "NE": ("America/Chicago", "America/Denver"),
    "OR": ("America/Los_Angeles", "America/Boise"),
    "SD": ("America/Chicago", "America/Denver"),
    "TN": ("America/Chicago", "America/New_York"),
    "TX": ("America/Chicago", "America/Denver"),
}
_AU: Mapping[str, tuple[str, ...]] = {
    "ACT": ("Australia/Sydney",),
    "NSW": ("Australia/Sydney", "Australia/Broken_Hill"),
    "NT": ("Australia/Darwin",),
    "QLD": ("Australia/Brisbane",),
    "SA": ("Australia/Adelaide",),
    "TAS": ("Australia/Hobart",),
    "VIC": ("Australia/Melbourne",),
    "WA": ("Australia/Perth",),
}
# Currency of the book -> the states its debtors live in.
_STATES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "USD": {**{state: (zone,) for zone, states in _US.items() for state in states.split()}, **_US_SEVERAL},
    "AUD": _AU,
}


def zones(state: str, currency: str) -> tuple[str, ...]:
    """The zones of a state in the country of that currency, the likeliest first; none where it says nothing."""
    return _STATES.get(currency, {}).get(state.strip().upper(), ())
