"""What the gate has to know of a debtor, from the book; and its verdicts on many accounts at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from collect import conduct, policy, presets, reaches
from collect.book import Book, instant
from collect.conduct import Gate
from collect.policy_counts import Usage
from collect.policy_facts import (
    NOTHING,
    OPEN,
    Asked,
    Consent,
    Contact,
    Event,
    Facts,
    Finding,
    Hold,
    Promised,
    Verdict,
    Wish,
)
from collect.presets import Preset
from collect.reaches import Way
from collect.records import Account
from collect.store import clearances, people, reach
from collect.store.lastcontacts import LATEST
from collect.store.people import Person

_FIELDS = "c.account_id, c.at, c.channel, c.direction, c.outcome, c.role, c.person, c.reach, c.place, c.purpose"

_DAY = "$day"

STOPS = ("stop", "disputed")
"""Kinds of rule that bar contact until a hold ends or a dispute is answered."""
LIMITS = ("cap", "cooldown", "pattern", "burst")
"""Kinds of rule that bar contact because there was enough of it."""


class Answer(NamedTuple):
    """What was asked of the gate, what it says, and how much of each cap on that channel is used."""

    asked: Asked
    verdict: Verdict
    used: tuple[Usage, ...] = ()


def of(book: Book) -> Gate:
    """The conduct rules this book has chosen, the company's own among them."""
    own = [_read(rule) for (rule,) in book.execute("SELECT rule FROM own_rule ORDER BY id")]
    kept = {name: (mark, rules) for name, mark, rules in book.execute("SELECT name, mark, rules FROM preset_read")}

    def load(name: str) -> Preset:
        mark, rules = kept.get(name, ("", ""))
        return presets.preset(_read(rules)) if rules and mark == clearances.file_mark(name) else presets.load(name)

    return conduct.gate(book.setting, own, load)


def remember(book: Book, gate: Gate) -> None:
    """Keep the presets this book follows as they were read, and their clearance, for the commands to come."""
    kept = dict(book.execute("SELECT name, mark FROM preset_read"))
    for one in gate.presets:
        mark = clearances.file_mark(one.id)
        if mark and kept.get(one.id) != mark:
            import tomllib

            rules = _kept(tomllib.loads((clearances.POLICIES / f"{one.id}.toml").read_text(encoding="utf-8")))
            book.execute(
                "INSERT INTO preset_read (name, mark, rules) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET mark = excluded.mark, rules = excluded.rules",
                (one.id, mark, rules),
            )
    clearances.remember(book, gate)


def put_own_rules(book: Book, rules: Sequence[dict[str, Any]]) -> None:
    """Replace the company's own rules."""
    book.execute("DELETE FROM own_rule")
    book.executemany(
        f"INSERT INTO own_rule (id, rule, change_id) VALUES (?, ?, {book.writing.id})",
        [(rule["id"], _kept(rule)) for rule in rules],
    )


def _kept(rules: Any) -> str:
    """Rules as text; a day in them is an object of its own, so that it comes back as a day."""
    return json.dumps(rules, default=lambda day: {_DAY: day.isoformat()})


def _read(text: str) -> dict[str, Any]:
    """A rule or a preset as it was kept."""
    raw: dict[str, Any] = json.loads(
        text, object_hook=lambda found: date.fromisoformat(found[_DAY]) if _DAY in found else found
    )
    return raw


def asked(
    book: Book,
    account: Account,
    channel: str,
    at: datetime,
    ways: Sequence[Way],
    who: Person | str = "borrower",
    reached: str | None = None,
) -> Asked:
    """The question whether that person (or somebody of that role) may be contacted about an account.

    By the number or address `reached`, else the best way there is.
    """
    person, role = (who, who.role) if isinstance(who, Person) else (None, who)
    way = next((one for one in ways if reached and reaches.same(one.value, reached)), None)
    if not reached:
        way = reaches.best(ways, channel, reaches.owner(role))
    return Asked(
        at,
        channel,
        people.zones(book, account, person),
        role,
        person.name if person else "",
        (account.number,),
        way.value if way else reached or "",
        way.place if way else "",
    )


def answered(gate: Gate, asked: Asked, known: Facts) -> Answer:
    """The gate's answer in full."""
    return Answer(asked, verdict(gate, asked, known), policy.used(gate.presets, asked, known, gate.scope))


def answers(
    book: Book, gate: Gate, accounts: Sequence[Account], at: datetime
) -> Iterator[tuple[Account, str, str, Verdict]]:
    """Yield account, channel, number and verdict of many, by the first channel there is a way for ('' if none).

    Where a hold or a limit bars that channel for the day, the next one that none bars takes its place. Where nothing
    is known of the person, everybody in a zone gets the same answer: it is asked for once.
    """
    ways = reach.of(book, accounts)
    known = facts(book, gate, accounts, at)
    plain: dict[tuple[str, str, str], Verdict] = {}
    for account in accounts:
        first: tuple[Account, str, str, Verdict] | None = None
        for channel, way in reaches.each(ways[account.id]) or (("", None),):
            kind = (channel or "call", account.zone, account.state)
            simple = known[account.id] is NOTHING and not (way and way.place)
            found = plain.get(kind) if simple else None
            if found is None:
                found = verdict(gate, asked(book, account, kind[0], at, ways[account.id]), known[account.id])
                if simple:
                    plain[kind] = found
            one = (account, channel, way.value if way else "", found)
            first = first or one
            if barred(gate, found, at.astimezone(book.zone)) is None:
                first = one
                break
        assert first is not None
        yield first


def barred(gate: Gate, verdict: Verdict, at: datetime) -> Finding | None:
    """What bars a contact for the rest of the day (of the zone of `at`), be it a hold or a limit: not hours alone."""
    opens = verdict.next_allowed_at
    if verdict.allowed or (opens is not None and opens.astimezone(at.tzinfo).date() <= at.date()):
        return None
    lasting = {rule.id for one in gate.presets for rule in one.rules if rule.kind in (*STOPS, *LIMITS)}
    return next((one for one in verdict.findings if one.verdict not in OPEN and one.rule in lasting), None)


def verdict(gate: Gate, asked: Asked, known: Facts) -> Verdict:
    """What the rules say; where nothing is known of the person, the answer everybody there gets."""
    nowhere_special = not (asked.place or asked.purpose or asked.content or asked.reason)
    if known == NOTHING and nowhere_special and asked.direction == "out":
        return policy.plain(gate.presets, asked.at, asked.channel, asked.zones, role=asked.role, scope=gate.scope)
    return policy.judge(gate.presets, asked, known, gate.scope)


def facts(book: Book, gate: Gate, accounts: Sequence[Account], at: datetime, without: int = 0) -> dict[int, Facts]:
    """What is known of the debtor of each account at that moment: their contacts, holds, wishes, promises, events.

    Contacts are those of the days the rules look back, and any of the kinds that rules look for however old; of the
    debtor's other accounts too. The contact `without`, and its corrections, are left out.
    """
    families = people.families(book, accounts)
    numbers = {account_id: number for family in families.values() for account_id, number in family}
    gathered: defaultdict[int, _Known] = defaultdict(_Known)
    ids = sorted(numbers)
    since = at - timedelta(days=policy.look_back_days(gate.presets) + 2)
    for start in range(0, len(ids), 500):
        _gather(book, ids[start : start + 500], numbers, (since, at, without), gathered)
    return {
        account.id: _facts([gathered[one] for one, _ in families[account.id] if one in gathered])
        for account in accounts
    }


class _Known:
    """What is known of one account, as it is gathered."""

    __slots__ = Facts._fields

    def __init__(self) -> None:
        self.contacts: list[Contact] = []
        self.holds: list[Hold] = []
        self.consents: list[Consent] = []
        self.wishes: list[Wish] = []
        self.promises: list[Promised] = []
        self.events: list[Event] = []


def _facts(known: Iterable[_Known]) -> Facts:
    family = list(known)
    if not family:
        return NOTHING
    contacts = sorted((one for each in family for one in each.contacts), key=lambda one: one.at)
    return Facts(
        tuple(contacts),
        *(tuple(fact for each in family for fact in getattr(each, name)) for name in Facts._fields[1:]),
    )


def _gather(
    book: Book,
    ids: Sequence[int],
    numbers: dict[int, str],
    span: tuple[datetime, datetime, int],
    gathered: defaultdict[int, _Known],
) -> None:
    since, at, without = span
    wanted = ",".join(map(str, ids))
    window = {"since": instant(since), "at": instant(at), "without": without}
    counted = f"{LATEST} AND COALESCE(c.corrects_id, c.id) <> :without"
    for account_id, when, channel, direction, outcome, *rest in book.execute(
        f"SELECT {_FIELDS} FROM contact c WHERE c.account_id IN ({wanted}) AND c.at >= :since AND c.at <= :at"
        f" AND {counted} UNION ALL SELECT {_FIELDS} FROM contact c WHERE c.account_id IN ({wanted})"
        " AND c.at < :since AND (c.purpose <> '' OR c.channel = 'visit' OR c.direction = 'in')"
        f" AND {counted}",
        window,
    ):
        role, person, number, place, purpose = rest
        moment = datetime.fromisoformat(when).astimezone(UTC)
        debts = (numbers[account_id],)
        gathered[account_id].contacts.append(
            Contact(moment, channel, direction, outcome, role, person, debts, number, place, purpose)
        )
    tables = ("hold", "event", "consent", "promise")
    there = book.execute(
        "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {one} WHERE account_id IN ({wanted}))" for one in tables)
    ).fetchone()
    if any(there[:3]):
        _gather_facts(book, ids, numbers, at, gathered)
    if there[3]:
        _gather_promises(book, ids, numbers, at, gathered)


def _gather_facts(
    book: Book, ids: Sequence[int], numbers: dict[int, str], at: datetime, gathered: defaultdict[int, _Known]
) -> None:
    """What stops, starts or allows contact; imported only where there is any."""
    from collect import holds as holding
    from collect.store import holds

    office = people.office_zone(book)
    unknown = holds.known_later(book, ids, at)
    for held in holds.of(book, ids):
        over = held.released_at is not None and held.released_at <= at and held.kind != "crisis"
        if over or held.id in unknown:
            continue
        known = gathered[held.account_id]
        if held.kind in holding.WISHES:
            known.wishes.append(holding.as_wish(held))
        else:
            known.holds.append(holding.as_hold(held, numbers[held.account_id], office))
    for account_id, event in holds.events_of(book, ids):
        gathered[account_id].events.append(event._replace(debts=(numbers[account_id],)))
    for account_id, consent in reach.consents_of(book, ids):
        gathered[account_id].consents.append(consent)


def _gather_promises(
    book: Book, ids: Sequence[int], numbers: dict[int, str], at: datetime, gathered: defaultdict[int, _Known]
) -> None:
    """The promises that are open; what judges them is imported only where there is any."""
    from collect.store import promises

    today = at.astimezone(book.zone).date()
    for stands in promises.standings(book, ids, today):
        promise = stands.standing.promise
        if stands.standing.state == "open":
            debts = (numbers[stands.account_id],)
            gathered[stands.account_id].promises.append(Promised(promise.due_on, promise.made_on, debts))
