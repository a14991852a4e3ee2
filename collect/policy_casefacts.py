"""What a case tells, as facts: holds, contacts, consents, wishes, promises, receipts, dues and other events."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from collect import money, policy_words
from collect.errors import InputRefused
from collect.policy_amounts import Receipt
from collect.policy_classes import Due
from collect.policy_facts import Asked, Consent, Contact, Event, Facts, Hold, Promised, Wish
from collect.policy_hours import instant, minutes, weekdays, zone

Raw = Mapping[str, Any]

_KINDS = frozenset(
    (
        *("do-not-contact", "cease", "attorney", "deceased", "moratorium", "crisis", "hardship", "vulnerable"),
        *("bereavement", "occasion", "grievance", "dispute", "time-barred", "no-work"),
    )
)
# Other words for these kinds of hold.
_HOLDS = {
    "cease-written": "cease",
    "refusal-written": "cease",
    "attorney-known": "attorney",
    "moratorium-start": "moratorium",
    "breathing-space": "moratorium",
    "crisis-start": "crisis",
    "grievance-lodged": "grievance",
    "employer-prohibits": "no-work",
    "statute-barred": "time-barred",
}
# What ends a hold, and whether the day it happens is still held.
_ENDS = {
    "attorney-consents": ("attorney", False),
    "attorney-silent": ("attorney", False),
    "cease-withdrawn": ("cease", False),
    "grievance-closed": ("grievance", False),
    "dispute-resolved": ("dispute", False),
    "moratorium-end": ("moratorium", True),
    "treatment-end": ("crisis", True),
}
_PURPOSES = {"opt-out-confirmation": "optout-confirmation", "skip-trace": "location"}


class Told(NamedTuple):
    """All a log tells: what the gate needs, and what the rules on money and classes need."""

    facts: Facts
    receipts: tuple[Receipt, ...]
    dues: tuple[Due, ...]
    promises: tuple[tuple[date, str], ...]


def word(value: Any) -> str:
    """A keyword of a case: lower case, with hyphens."""
    return str(value or "").strip().lower().replace("_", "-").replace(" ", "-")


def when(value: Any, zone_name: str) -> datetime:
    """The instant (UTC) of a wall time in that zone, or of one with its own offset; a bare day is its first moment."""
    try:
        wall = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InputRefused(f"not a time: {value}", "write it as 2026-04-01T10:00") from error
    if wall.tzinfo:
        return wall.astimezone(UTC)
    return instant(wall.date(), wall.hour * 60 + wall.minute, zone(zone_name)) + timedelta(seconds=wall.second)


def day(value: Any) -> date:
    """The day of a case's `at`, `due` or the like."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as error:
        raise InputRefused(f"not a day: {value}", "write it as 2026-04-01") from error


def _maybe_day(raw: Raw, *keys: str) -> date | None:
    return next((day(raw[key]) for key in keys if raw.get(key)), None)


def _names(raw: Raw, *keys: str) -> tuple[str, ...]:
    value = next((raw[key] for key in keys if raw.get(key)), ())
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def zone_names(candidate: Raw, book_zone: str) -> tuple[str, ...]:
    """The zones a candidate may be in: the stated one first, the book's where none is stated."""
    stated = [str(candidate["tz"])] if candidate.get("tz") else []
    return tuple(dict.fromkeys([*stated, *_names(candidate, "zones", "consumer_tz_candidates")])) or (book_zone,)


def asked(candidate: Raw, zones: tuple[str, ...]) -> Asked:
    """The contact a candidate is."""
    text = " ".join(str(candidate.get(key, "")) for key in ("says", "text"))
    purpose = word(candidate.get("purpose"))
    if not purpose and policy_words.is_confirmation(text):
        purpose = "optout-confirmation"
    return Asked(
        at=when(candidate["at"], zones[0]),
        channel=word(candidate["channel"]),
        zones=zones,
        role=word(candidate.get("role") or "borrower"),
        person=str(candidate.get("person") or candidate.get("party") or ""),
        debts=_names(candidate, "servicing_account", "debts", "debt"),
        reach=str(candidate.get("reach") or candidate.get("number") or ""),
        place=word(candidate.get("place")),
        purpose=_PURPOSES.get(purpose, purpose),
        content=frozenset(map(word, _names(candidate, "content"))) | policy_words.flags(text),
        reason=word(next((candidate[key] for key in ("reason", "override", "exception") if candidate.get(key)), "")),
        direction=word(candidate.get("direction") or "out"),
        outcome=word(candidate.get("outcome")),
    )


def told(log: list[Raw], candidate: Raw, zones: tuple[str, ...]) -> Told:
    """All that a case's log tells, and the consent a candidate names."""
    given = _maybe_day(candidate, "consent_from")
    consents = [Consent("call", given, _maybe_day(candidate, "consent_until"))] if given else []
    holds: list[Hold] = []
    wishes: list[Wish] = []
    contacts: list[Contact] = []
    for raw in log:
        entry = {"tz": zones[0], **raw}
        holds += _holds(entry)
        wishes += _wishes(entry)
        consents += _consents(entry)
        contacts += _contacts(entry)
    of_kind = {kind: [raw for raw in log if word(raw.get("type")) == kind] for kind in ("promise", "receipt", "due")}
    promises = tuple((day(raw["due"]), str(raw.get("amount", 0))) for raw in of_kind["promise"])
    facts = Facts(
        contacts=tuple(contacts),
        holds=tuple(_ended(hold, log) for hold in holds),
        consents=tuple(consents),
        wishes=tuple(wishes),
        promises=tuple(
            Promised(day(raw["due"]), _maybe_day(raw, "at"), _names(raw, "debts")) for raw in of_kind["promise"]
        ),
        events=tuple(event for raw in log for event in events(raw)),
    )
    dues = tuple(Due(day(raw["at"]), _paid_on(raw), str(raw.get("loan", ""))) for raw in of_kind["due"])
    return Told(facts, tuple(receipt(raw) for raw in of_kind["receipt"]), dues, promises)


def _contacts(raw: Raw) -> Iterator[Contact]:
    if not raw.get("channel"):
        return
    purpose = word(raw.get("purpose"))
    yield Contact(
        at=when(raw["at"], raw["tz"]),
        channel=word(raw["channel"]),
        direction=word(raw.get("direction") or "out"),
        outcome=word(raw.get("outcome")),
        role=word(raw.get("role") or "borrower"),
        person=str(raw.get("person") or raw.get("party") or ""),
        debts=_names(raw, "servicing_account", "debts", "debt"),
        reach=str(raw.get("reach") or raw.get("number") or ""),
        place=word(raw.get("place")),
        purpose=_PURPOSES.get(purpose, purpose),
    )


def _holds(raw: Raw) -> Iterator[Hold]:
    kind, _, medium = word(raw.get("type")).partition(":")
    if kind in ("media-stop", "stop-medium"):
        kind, medium = "stop-medium", medium or word(raw.get("medium") or raw.get("channel"))
    elif raw.get("direction") == "in" and policy_words.says_stop(str(raw.get("text", ""))):
        kind, medium = "stop-medium", word(raw["channel"])
    else:
        kind = word(raw.get("kind")) if kind == "hold" else kind
        kind = _HOLDS.get(kind, kind if kind in _KINDS else "")
        if kind == "moratorium" and any(part in word(raw.get("kind")) for part in ("mental", "crisis")):
            kind = "crisis"
    if kind:
        starts_at = when(raw.get("start") or raw.get("at") or "0001-01-03", raw["tz"])
        yield Hold(
            kind,
            starts_at,
            _maybe_day(raw, "end", "until"),
            medium=medium,
            reach=str(raw.get("reach", "")),
            debts=_names(raw, "debts"),
            source=str(raw.get("source", "")),
        )


def _ended(hold: Hold, log: list[Raw]) -> Hold:
    """The hold with the end a later entry of the log gives it."""
    for raw in log:
        kind, held = _ENDS.get(word(raw.get("type")), ("", False))
        if kind == hold.kind and hold.end_on is None:
            return hold._replace(end_on=day(raw["at"]) - timedelta(days=0 if held else 1))
    return hold


def _wishes(raw: Raw) -> Iterator[Wish]:
    for kind in ("avoid", "only"):
        for span in [raw[kind]] if isinstance(raw.get(kind), Mapping) else raw.get(kind, ()):
            yield Wish(
                kind,
                minutes(span.get("from", "00:00")),
                minutes(span.get("to", "24:00")),
                weekdays(span.get("days", "all")),
                frozenset(map(word, span.get("channels", ()))),
                word(span.get("place")),
            )
    yield from policy_words.wishes(str(raw["says"])) if raw.get("says") else ()


def _consents(raw: Raw) -> Iterator[Consent]:
    kind = word(raw.get("type"))
    if kind == "consent" or kind.endswith("-consent"):
        yield Consent(
            kind.removesuffix("-consent") if kind != "consent" else word(raw.get("kind") or "call"),
            day(raw["at"]),
            _maybe_day(raw, "until", "end"),
            _maybe_day(raw, "revoked", "revoked_on"),
            str(raw.get("reach", "")),
        )


def events(raw: Raw) -> Iterator[Event]:
    """The event an entry with a type is; one without a day has always been so."""
    on = _maybe_day(raw, "at", "taken") or date.min
    if raw.get("type"):
        detail = {**raw, "dated": day(raw["dated"])} if raw.get("dated") else raw
        yield Event(word(raw["type"]), on, _names(raw, "debts"), detail)


def receipt(raw: Raw) -> Receipt:
    """The receipt an entry or candidate is; `amount` in major units."""
    currency = str(raw.get("currency", "INR"))
    return Receipt(
        payer=str(raw.get("payer") or raw.get("party") or ""),
        on=day(raw["at"]),
        amount_minor=money.typed(str(raw["amount"]), currency),
        currency=currency,
        mode=word(raw.get("mode")),
        bill=str(raw.get("bill", "")),
        loan=str(raw.get("loan", "")),
        instalment=str(raw.get("instalment", "")),
    )


def _paid_on(raw: Raw) -> date | None:
    if raw.get("unpaid", not raw.get("paid", False)) and not raw.get("paid_on"):
        return None
    return _maybe_day(raw, "paid_on") or day(raw["at"])
