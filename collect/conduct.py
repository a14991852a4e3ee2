"""The conduct rules a book has chosen: presets, their scope, rules turned on or off, and the company's own on top."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from collect.errors import WrongUsage
from collect.policy_facts import ANY_SCOPE, Scope
from collect.policy_hours import weekdays
from collect.presets import HOUSE, Preset, chain, load, names, own, switched

SCOPES: Mapping[str, tuple[str, ...]] = {
    "policy.country": (),
    "policy.party": ("first", "third"),
    "policy.debtor": ("consumer", "business"),
    "policy.regulated": ("yes", "no"),
    "policy.product": (),
}
"""Settings that say what is collected, by whom and from whom; those with words take only these."""

_CAP = re.compile(r"([a-z]+):(\d{1,3})/(\d{1,3})")
_NOT_REACHED = ["busy", "not-connected"]


class Gate(NamedTuple):
    """The rules in force for a book, and what they apply to."""

    presets: tuple[Preset, ...]
    scope: Scope


def gate(
    setting: Callable[[str], str],
    own_rules: Sequence[Mapping[str, Any]] = (),
    load: Callable[[str], Preset] = load,
) -> Gate:
    """The rules that the settings of a book choose; `own_rules` are the company's, as their file had them.

    `load` finds a preset by its name; those a chosen one replaces or gives way to come with it, the house rules last.
    """
    waiting, by_name = [*_listed(setting("book.policy")), HOUSE], dict[str, Preset]()
    while waiting:
        name = waiting.pop(0)
        if name not in by_name:
            by_name[name] = load(name)
            waiting[:0] = by_name[name].neighbours
    found = tuple(sorted(by_name.values(), key=lambda one: not one.is_law))
    switches = dict.fromkeys(_listed(setting("policy.on")), True) | dict.fromkeys(_listed(setting("policy.off")), False)
    if switches:
        found = tuple(
            switched(one, {rule.id: switches[rule.id] for rule in one.rules if rule.id in switches}) for one in found
        )
    company = [*caps(setting("policy.caps")), *own_rules]
    if company:
        found += (own(company),)
    return Gate(found, scope(setting))


def scope(setting: Callable[[str], str]) -> Scope:
    """What the book's settings say of the debts in it; what they leave open excludes no preset."""
    regulated = {"yes": True, "no": False}.get(setting("policy.regulated"))
    found = Scope(
        setting("policy.country"),
        setting("policy.party"),
        setting("policy.debtor"),
        regulated,
        setting("policy.product"),
    )
    return ANY_SCOPE if found == ANY_SCOPE else found


def caps(text: str) -> list[dict[str, Any]]:
    """The company's own caps as rules, from `call:3/7,sms:2/1` (at most 3 calls in 7 days); WrongUsage otherwise."""
    from collect.contacts import CHANNELS

    found = []
    for part in _listed(text):
        match = _CAP.fullmatch(part.lower())
        if match is None or match[1] not in CHANNELS or not int(match[2]) or not int(match[3]):
            raise WrongUsage(f"not a cap: {part}", "type channel:most/days, such as call:3/7")
        channel, most, days = match[1], int(match[2]), int(match[3])
        found.append({
            "id": f"OWN-CAP-{channel.upper()}",
            "kind": "cap",
            "text": f"At most {most} of {channel} in {days} days about one debt.",
            "action": "REASON",
            "channels": [channel],
            "max": most,
            "days": days,
            "not_counted": _NOT_REACHED,
        })  # fmt: skip
    if len({rule["id"] for rule in found}) < len(found):
        raise WrongUsage(f"two caps for one channel: {text}", "one per channel, such as call:3/7,sms:2/1")
    return found


def checked(kind: str, key: str, text: str) -> str:
    """A setting about conduct as it is kept; WrongUsage or NotFound where it cannot be."""
    if kind == "presets":
        chosen = _listed(text)
        chain(*chosen)
        return ",".join(chosen)
    if kind == "caps":
        caps(text)
        return ",".join(part.lower() for part in _listed(text))
    if kind == "rules":
        return ",".join(_known_rule(part) for part in _listed(text))
    if kind == "rates":
        from collect import interest

        known = {rule.id: rule for one in chain(*names()) for rule in one.rules}
        interest.check_rates(interest.later_rates(text), known)
    if kind == "weekdays":
        weekdays(text)
        return text.lower()
    if kind == "percent" and not (text.isascii() and text.isdigit() and 0 < int(text) <= 100):
        raise WrongUsage(f"not a percentage for {key}: {text}", "use a whole number from 1 to 100")
    if kind == "followup":
        _check_followup(text)
    allowed = SCOPES.get(key, ())
    if text and allowed and text not in allowed:
        raise WrongUsage(f"not a value of {key}: {text}", f"use one of: {', '.join(allowed)}")
    return text.upper() if key == "policy.country" else text


def _known_rule(text: str) -> str:
    ids = {rule.id for rule in (rule for one in chain(*names()) for rule in one.rules)}
    if text not in ids:
        raise WrongUsage(f"no such rule: {text}", "see 'collect policy show PRESET'")
    return text


def _check_followup(text: str) -> None:
    from collect import followup
    from collect.choices import one_of
    from collect.contacts import CHANNELS

    for channel in followup.rules(text):
        if channel:
            one_of(channel, "channel", CHANNELS)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
