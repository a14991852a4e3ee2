"""A clearance of the conduct rules: when and how often anybody may be contacted without a single rule objecting.

Most contacts are plainly lawful: an open hour, a few earlier contacts, nothing known of the person. The clearance tells
those at a glance, so that a command need not load every rule to find that none speaks; for all others the gate
(`collect.policy`) is asked. It never says yes where the gate would say anything else (tests hold it to that).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the clearance is there so that these need not be imported
    from collect.conduct import Gate
    from collect.presets import Rule

CHANNELS = ("call", "sms", "whatsapp", "email", "letter", "visit")
_MINUTES = 1440


class Clearance(NamedTuple):
    """What holds from one day to another (`until_on` excluded).

    `spans` are the open minutes by channel and weekday (Monday 0) where the debtor is; `most` by channel is how many
    contacts within `days` days matter to no rule. `preset` and `version` name the rules.
    """

    from_on: date
    until_on: date
    preset: str
    version: str
    days: int
    most: dict[str, int]
    spans: dict[tuple[str, int], tuple[tuple[int, int], ...]]


def clear(clearance: Clearance, channel: str, local: datetime, earlier: int) -> bool:
    """Whether no rule objects to a contact with the debtor at that local time, after so many within `days` days.

    Only where nothing else is known of the person: no hold, wish, consent, promise or event, no other account.
    """
    minute = local.hour * 60 + local.minute
    spans = clearance.spans.get((channel, local.weekday()), ())
    in_force = clearance.from_on <= local.date() < clearance.until_on
    return (
        in_force and earlier <= clearance.most.get(channel, -1) and any(start <= minute < end for start, end in spans)
    )


def written(clearance: Clearance) -> str:
    """The clearance as text, a line per fact."""
    lines = [f"{clearance.from_on} {clearance.until_on} {clearance.preset} {clearance.version} {clearance.days}"]
    lines += [f"most {channel} {count}" for channel, count in clearance.most.items()]
    for (channel, weekday), spans in clearance.spans.items():
        lines.append(" ".join([channel, str(weekday), *(f"{start}-{end}" for start, end in spans)]))
    return "\n".join(lines)


def read(text: str) -> Clearance:
    """The clearance that was written so."""
    head, *lines = text.split("\n")
    from_on, until_on, preset, version, days = head.split(" ")
    most: dict[str, int] = {}
    spans: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {}
    for line in lines:
        name, second, *rest = line.split(" ")
        if name == "most":
            most[second] = int(rest[0])
        else:
            pairs = (span.partition("-") for span in rest)
            spans[name, int(second)] = tuple((int(start), int(end)) for start, _, end in pairs)
    return Clearance(date.fromisoformat(from_on), date.fromisoformat(until_on), preset, version, int(days), most, spans)


def made(gate: "Gate", day: date) -> Clearance:
    """The clearance of the rules in force on a day, and as long as they stay the same."""
    from collect import policy
    from collect.presets import boundaries, rules_in_force

    changes = boundaries(gate.presets)
    from_on = max((change for change in changes if change <= day), default=date.min)
    until_on = min((change for change in changes if change > day), default=date.max)
    rules = rules_in_force(gate.presets, day, gate.scope)
    on_channel = {name: [rule for rule in rules if not rule.channels or name in rule.channels] for name in CHANNELS}
    coming = [day + timedelta(days=ahead) for ahead in range(7)]
    spans = {
        (name, one.weekday()): found
        for name in CHANNELS
        for one in coming
        if one < until_on and (found := tuple(_open(gate, name, one, on_channel[name])))
    }
    return Clearance(
        from_on,
        until_on,
        *policy.in_force_name(gate.presets, day, gate.scope),
        policy.look_back_days(gate.presets) + 2,
        {name: _most(on_channel[name]) for name in CHANNELS},
        spans,
    )


def _most(rules: "Iterable[Rule]") -> int:
    """How many earlier contacts matter to none of these rules, whatever came of them."""
    most = 1000
    for rule in rules:
        if rule.kind == "cap":
            most = min(most, int(rule.terms["max"]) - 1)
        elif rule.kind == "burst":
            most = min(most, max(0, int(rule.terms["per_day"]) - 2))
        elif rule.kind in {"cooldown", "pattern"}:
            most = 0
    return most


def _open(gate: "Gate", channel: str, day: date, rules: "list[Rule]") -> Iterable[tuple[int, int]]:
    """The minutes of a day at which the gate has nothing to say to anybody, as far as the rules alone decide."""
    from collect import policy
    from collect.policy_facts import Asked
    from collect.policy_hours import instant, minutes, zone

    hours = [rule for rule in rules if rule.kind == "hours"]
    if any(rule.terms.get("holidays") for rule in hours):
        return
    windows = [window for rule in hours for window in rule.terms["windows"]]
    edges = {0, _MINUTES, *(minutes(window[end]) for window in windows for end in ("from", "to"))}
    for start, end in pairwise(sorted(edges)):
        ask = Asked(instant(day, start, zone("UTC")), channel, ("UTC",))
        if not policy.findings(gate.presets, ask, scope=gate.scope):
            yield start, end
