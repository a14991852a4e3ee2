"""Plain words of a policy case as structured facts: what a person said, and what a message says.

Only for files of cases, where a compliance officer may write `before 11 a.m. is inconvenient`; the book itself keeps
structured wishes and flags, and nothing is ever read out of a note. Words that are not understood are refused.
"""

import re

from collect.errors import InputRefused
from collect.policy_facts import ALL_DAYS, DAY_END, Wish
from collect.policy_hours import weekdays

_TIME = r"(?P<{0}h>\d{{1,2}})(?:[:.](?P<{0}m>\d{{2}}))?\s*(?P<{0}x>[ap]\.?\s?m\b\.?)?"
_RANGE = re.compile(_TIME.format("a") + r"\s*(?:-|\u2013|to|and|until|till)\s*" + _TIME.format("b"))
_SIDE = re.compile(r"\b(?P<side>before|after|until|till|from)\s+" + _TIME.format("a"))
_DAYS = re.compile(r"\b(weekday|weekend|mon|tue|wed|thu|fri|sat|sun)\w*")
_NOW_ONLY = re.compile(r"\bbusy\b|can(?:no|')?t talk|cannot talk|call (?:me )?(?:back )?later|right now|not now")
_CALLS_IT_BAD = re.compile(r"inconvenient|not convenient|not a good|avoid|bad time|asleep|sleep")
_AVOIDS = re.compile(_CALLS_IT_BAD.pattern + r"|don'?t|do not|never|\bnot?\b")
_PARTS = {"morning": (0, 720), "afternoon": (720, 1020), "evening": (1020, DAY_END), "night": (1200, 480)}
_PLACES = {"work": re.compile(r"\b(?:at|my) (?:work|job|office)|workplace"), "home": re.compile(r"\bat home\b")}

_FLAGS = (
    ("legal-threat", re.compile(r"\b(?:sue|suit|lawsuit|legal action|take you to court|court action|litigat\w+)\b")),
    ("misleading-card", re.compile(r"missed (?:a |your )?deliver|parcel|package waiting")),
    ("threat", re.compile(r"\b(?:arrest|jail|prison|hurt|break your)\b")),
    ("to-occupier", re.compile(r"\boccupier\b")),
    ("debt", re.compile(r"overdue|\bowe|\bdebt|balance|\bdue\b|\bpay|\bemi\b|loan|\$|£|€|\brs\b|\d{2,}")),
)
_OPTED_OUT = re.compile(
    r"opted[ -]?out|unsubscribed|no longer (?:receive|be sent|text|get)|you will not (?:receive|get)"
)
_STOPS = re.compile(r"\s*(?:stop|stopall|unsubscribe|cancel|end|quit|opt[ -]?out)\b.{0,30}", re.IGNORECASE | re.DOTALL)
_SELECTED = {"weekday": "weekdays", "weekend": "weekends"}


def says_stop(text: str) -> bool:
    """Whether an incoming message asks to stop the medium."""
    return bool(_STOPS.fullmatch(text))


def flags(text: str) -> frozenset[str]:
    """What a message says, as the flags of `content` rules."""
    low = text.lower()
    return frozenset(name for name, words in _FLAGS if words.search(low))


def is_confirmation(text: str) -> bool:
    """Whether a message confirms that somebody was opted out."""
    return bool(_OPTED_OUT.search(text.lower()))


def wishes(text: str) -> tuple[Wish, ...]:
    """The times and places a sentence rules in or out; none for a mere `busy`; InputRefused where it says neither."""
    low = re.sub(r"\bnoon\b", "12:00", text.lower().replace("midnight", "24:00"))
    span, days = _span(low), _weekdays(low)
    place = next((name for name, words in _PLACES.items() if words.search(low)), "")
    only = "only" in low.split()
    if not (only or _AVOIDS.search(low)) or (_NOW_ONLY.search(low) and not span):
        return ()
    if (place and not only) or span or days != ALL_DAYS:
        start, end = span or (0, DAY_END)
        return (Wish("only" if only else "avoid", start, end, days, place="" if only else place),)
    if only or _CALLS_IT_BAD.search(low):
        raise InputRefused(f"not understood: {text}", "write avoid or only with from, to and days")
    return ()


def _weekdays(low: str) -> frozenset[int]:
    words = [_SELECTED.get(match[1], match[1]) for match in _DAYS.finditer(low)]
    return frozenset(day for word in words for day in weekdays(word)) or ALL_DAYS


def _span(low: str) -> tuple[int, int] | None:
    if found := _RANGE.search(low):
        end = _minute(found, "b")
        half = found["ax"] or (
            found["bx"] if int(found["ah"]) < 12 and _minute(found, "a", found["bx"]) < end else None
        )
        return _minute(found, "a", half), end
    if found := _SIDE.search(low):
        minute = _minute(found, "a")
        return (0, minute) if found["side"] in ("before", "until", "till") else (minute, DAY_END)
    return next((span for part, span in _PARTS.items() if part in low), None)


def _minute(found: re.Match[str], side: str, half: str | None = None) -> int:
    hour, minute = int(found[f"{side}h"]), int(found[f"{side}m"] or 0)
    mark = found[f"{side}x"] or half
    if mark:
        hour = hour % 12 + (12 if mark.startswith("p") else 0)
    return hour * 60 + minute
