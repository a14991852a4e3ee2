"""Who comes first today, for the commands that show it: the queue, and the morning's brief."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from collect import queue as order
from collect.book import Book
from collect.errors import WrongUsage
from collect.queue import Entry, Known, Stand
from collect.records import Account
from collect.store import accounts, signals, standing
from collect.store import queue as facts
from collect.store.postings import AsOf
from collect.store.signals import Day

KINDS: Mapping[str, Callable[[Entry, Day], bool]] = {
    "promises": lambda entry, day: _has(entry, "promise", "broken promise") or _waits(entry, day, "promised"),
    "broken": lambda entry, _: _has(entry, "broken promise", "broken plan", "bounced"),
    "new": lambda entry, _: _has(entry, "new"),
    "disputes": lambda entry, _: _has(entry, "dispute late") or entry.facts.disputed > 0,
    "plans": lambda entry, day: _has(entry, "instalment", "broken plan") or _waits(entry, day, "plan", "settlement"),
    "visits": lambda entry, _: "visit" in entry.action,
}
"""What `--only` may name, and whom it means."""


class Wanted(NamedTuple):
    """Whose work it is to be, and which of it; empty is all."""

    agent: str | None = None
    territory: str | None = None
    bucket: str = ""
    only: str = ""
    everyone: bool = False
    """Those too who are left alone today."""


class Work(NamedTuple):
    """The first places of the queue, all that is shown of them, and how many were found."""

    entries: list[Entry]
    holders: dict[int, Account]
    stands: dict[int, Stand]
    found: int
    day: Day


def today(book: Book, as_of: AsOf, limit: int, wanted: Wanted) -> Work:
    """Rank the day's work and look up who is to be contacted how; a limit of 0 is none."""
    day = signals.of_day(book, as_of)
    points = weights(book)
    known = Known(order.called(day.calls, points), day.reminded)
    fits = _fits(book, wanted, day)
    left_alone = {} if wanted.everyone else day.left_alone
    if wanted.agent is None and wanted.territory is None:
        found, count = facts.leading(book, as_of, points, 0 if fits else limit, held=left_alone, known=known)
    else:
        ids = accounts.worked_by(book, wanted.agent, wanted.territory)
        found = [one for one in facts.overdue(book, as_of, ids) if one[0] not in left_alone]
        count = len(found)
    entries = order.rank(found, as_of.day, points, 0 if fits else limit, known)
    if fits:
        chosen = [entry for entry in entries if fits(entry)]
        count = len(chosen)
        entries = [entry._replace(rank=place) for place, entry in enumerate(chosen[: limit or None], start=1)]
    holders = accounts.all_by_id(book, {entry.facts.account_id for entry in entries})
    return Work(entries, holders, standing.of(book, list(holders.values())), count, day)


def weights(book: Book) -> order.Weights:
    """Weights of the terms, from the settings."""
    return order.Weights(
        amount=float(book.setting("queue.amount_points")),
        amount_from=max(1, int(book.setting("queue.amount_from"))),
        age=float(book.setting("queue.age_points")),
        new=float(book.setting("queue.new_points")),
        disputed=float(book.setting("queue.disputed_points")),
        broken=float(book.setting("queue.broken_promise_points")),
        bounced=float(book.setting("queue.bounced_points")),
        plan=float(book.setting("queue.broken_plan_points")),
        dispute_late=float(book.setting("queue.dispute_late_points")),
        followup=float(book.setting("queue.followup_points")),
        stage=float(book.setting("queue.stage_points")),
        clock=float(book.setting("queue.clock_points")),
    )


def _fits(book: Book, wanted: Wanted, day: Day) -> Callable[[Entry], bool] | None:
    """What an entry has to be, None where any will do; WrongUsage for a bucket or a kind there is not."""
    if not (wanted.bucket or wanted.only):
        return None
    if wanted.only and wanted.only not in KINDS:
        raise WrongUsage(f"no such part of the queue: {wanted.only}", f"use one of: {', '.join(KINDS)}")
    from collect.aging import Buckets

    buckets = Buckets(tuple(int(edge) for edge in book.setting("aging.buckets").split(",")))
    names = {name: place for place, name in enumerate(buckets.labels) if place}
    names |= {name: place for place, name in enumerate(buckets.keys) if place}
    if wanted.bucket and wanted.bucket not in names:
        shown = ", ".join(buckets.labels[1:])
        raise WrongUsage(f"no such bucket: {wanted.bucket}", f"use one of: {shown}")
    place = names.get(wanted.bucket)

    def fits(entry: Entry) -> bool:
        return (place is None or buckets.place(entry.days_overdue) == place) and (
            not wanted.only or KINDS[wanted.only](entry, day)
        )

    return fits


def _has(entry: Entry, *names: str) -> bool:
    return any(term.term in names for term in entry.terms)


def _waits(entry: Entry, day: Day, *beginnings: str) -> bool:
    return day.left_alone.get(entry.facts.account_id, "").startswith(beginnings)
