"""Who comes first today, for the commands that show it: the queue, and the morning's brief."""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from collect import queue as order
from collect.book import Book
from collect.errors import WrongUsage
from collect.queue import Entry, Known, Stand
from collect.records import Account
from collect.store import accounts, deadlines, signals, standing
from collect.store import queue as facts
from collect.store.outlook import Outlook
from collect.store.postings import AsOf
from collect.store.queue import Asked
from collect.store.signals import Day

KINDS = ("promises", "broken", "new", "disputes", "plans", "visits")
"""What `--only` may name."""
_BROKEN = ("broken promise", "broken plan", "bounced")


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
    return _work(book, as_of, limit, day, _asked(book, as_of, wanted, day))


def of_account(book: Book, as_of: AsOf, account: Account) -> Work:
    """Return one account's work, whether it is left alone or not."""
    return _work(book, as_of, 0, signals.of_day(book, as_of), Asked(frozenset((account.id,))))


def _work(book: Book, as_of: AsOf, limit: int, day: Day, asked: Asked) -> Work:
    points = weights(book)
    known = Known(order.called(day.calls, points), day.reminded)
    look = Outlook(book, as_of, points)
    leading = facts.leading(book, as_of, points, limit, look, asked=asked, known=known)
    entries = order.rank(leading.facts, as_of.day, points, limit, leading.known)
    holders = accounts.all_by_id(book, {entry.facts.account_id for entry in entries})
    return Work(entries, holders, standing.of(book, list(holders.values())), leading.total, day)


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
        risk=float(book.setting("queue.risk_points")),
    )


def _asked(book: Book, as_of: AsOf, wanted: Wanted, day: Day) -> Asked:
    """Whose rows are wanted; WrongUsage for a bucket or a kind there is not."""
    asked = Asked(held=frozenset() if wanted.everyone else day.left_alone.keys())
    if wanted.agent is not None or wanted.territory is not None:
        asked = asked.of(accounts.worked_by(book, wanted.agent, wanted.territory))
    if wanted.bucket:
        asked = asked.due(*_span(book, as_of, wanted.bucket))
    if wanted.only == "new":
        first = as_of.day - timedelta(days=order.FIRST_REMINDER_DAYS)
        asked = asked.due(first.isoformat())._replace(held={*asked.held, *day.reminded})
    elif wanted.only:
        asked = asked.of(_of_kind(book, as_of, wanted.only, day))
        if wanted.only == "disputes":
            asked = asked._replace(disputed_or=_called(day, "dispute late"))
    return asked


def _span(book: Book, as_of: AsOf, bucket: str) -> tuple[str, str]:
    """From which day on, and before which, the oldest item of a bucket is due."""
    from collect.aging import Buckets

    buckets = Buckets(tuple(int(edge) for edge in book.setting("aging.buckets").split(",")))
    places = {name: place for names in (buckets.keys, buckets.labels) for place, name in enumerate(names) if place}
    if bucket not in places:
        raise WrongUsage(f"no such bucket: {bucket}", f"use one of: {', '.join(buckets.labels[1:])}")
    edges = [*(day.isoformat() for day in buckets.first_days(as_of.day)), ""]
    place = places[bucket]
    return edges[place], edges[place - 1]


def _of_kind(book: Book, as_of: AsOf, only: str, day: Day) -> Collection[int]:
    """The accounts that a part of the queue may be made of."""
    if only == "promises":
        return _called(day, "promise", "broken promise") | _agreed(day, "promised")
    if only == "broken":
        return _called(day, *_BROKEN)
    if only == "plans":
        return _called(day, "instalment", "broken plan") | _agreed(day, "plan", "settlement")
    if only == "disputes":
        return _called(day, "dispute late") | signals.disputed(book)
    if only == "visits":
        steps = {one.account_id for one in deadlines.climbing(book, as_of) if "visit" in one.text.partition(":")[0]}
        return steps - _called(day, *_BROKEN)
    raise WrongUsage(f"no such part of the queue: {only}", f"use one of: {', '.join(KINDS)}")


def _called(day: Day, *terms: str) -> set[int]:
    return {one.account_id for one in day.calls if one.term in terms}


def _agreed(day: Day, *beginnings: str) -> set[int]:
    return {account for account, words in day.agreed.items() if words.startswith(beginnings)}
