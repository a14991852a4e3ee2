"""Who is left alone today, why, and from which day no longer: set-based for all accounts at once."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collect import money
from collect.book import Book, instant
from collect.queue import LeftAlone
from collect.store import accounts, clearances, postings, standing
from collect.store import queue as facts
from collect.store.postings import AsOf

if TYPE_CHECKING:
    from collect.planqueue import Place

CHEQUE_DAYS = 180
"""No cheque is good for longer: older ones are not looked for."""
UNCLEARED_DAYS = 366
"""How far back contacts are looked for where there is no clearance of the rules to say."""


def of(book: Book, as_of: AsOf, places: Mapping[int, "Place"], promised: Mapping[int, str]) -> dict[int, LeftAlone]:
    """Accounts that something holds back besides the rules of conduct; `places` are what their plans say."""
    waiting = standing.waiting(book).items()
    return {
        **{account: LeftAlone(f"next step on {day}", day) for account, day in waiting},
        **_covered(book, as_of),
        **_in_clearing(book, as_of.day),
        **{account: LeftAlone(one.why, one.until) for account, one in places.items() if one.what == "hold"},
        **{account: LeftAlone(f"promised for {day}", _after(day, 1)) for account, day in promised.items()},
    }


def forbidden(book: Book, waiting: Collection[int]) -> dict[int, LeftAlone]:
    """Accounts that no way of contact lawfully reaches today: a hold stops it, or its limits are used up.

    Hours alone hold nobody back: the queue says from when. Limits of accounts that are `waiting` anyway are not looked
    at.
    """
    ids = _often_contacted(book) - set(waiting)
    ids.update(account for (account,) in book.execute("SELECT account_id FROM hold"))
    if not ids:
        return {}
    from collect.store import gate

    rules, now = gate.of(book), book.now.astimezone(book.zone)
    found = {}
    for account, _, _, verdict in gate.answers(book, rules, accounts.with_family(book, ids), now):
        bar = gate.barred(rules, verdict, now)
        if bar is not None:
            opens = verdict.next_allowed_at
            limit = any(rule.id == bar.rule and rule.kind in gate.LIMITS for one in rules.presets for rule in one.rules)
            found[account.id] = LeftAlone(
                f"limit used up: {bar.why}" if limit else bar.why,
                opens.astimezone(book.zone).date().isoformat() if opens else "",
            )
    return found


def _often_contacted(book: Book) -> set[int]:
    """Accounts with so many contacts of late that some rule may say: enough."""
    clearance = clearances.of(book)
    since = book.now - timedelta(days=clearance.days if clearance else UNCLEARED_DAYS)
    rows = book.execute(
        "SELECT account_id FROM contact WHERE at >= ? AND at <= ? GROUP BY account_id HAVING COUNT(*) > ?",
        (instant(since), instant(book.now), min(clearance.most.values()) if clearance else 0),
    )
    return {account for (account,) in rows}


def _covered(book: Book, as_of: AsOf) -> dict[int, LeftAlone]:
    """Accounts with nothing to ask for: what is overdue is disputed, or covered by money not applied yet."""
    with_open, parameters = postings.open_on(book, as_of)
    chased = ""
    if postings.cached(book, as_of):  # spares those most of whose debt nobody disputes
        chased = (
            "AND NOT EXISTS (SELECT 1 FROM item o WHERE o.account_id = m.account_id AND o.open_minor <> 0"
            " AND o.disputed = 0 AND o.open_minor > 0 AND o.due_on < :today)"
        )
    rows = book.execute(
        f"{with_open} SELECT account_id FROM open_credit UNION SELECT account_id FROM dispute"
        f" UNION SELECT account_id FROM open_item m WHERE disputed = 1 {chased}",
        {**parameters, "today": as_of.day.isoformat()},
    )
    left: dict[int, int] = {}
    why: dict[int, str] = {}
    for account, currency, overdue, _, disputed, credit in facts.overdue(book, as_of, [one for (one,) in rows]):
        left[account] = max(left.get(account, 0), overdue - disputed + credit)
        code = money.shown(-credit, currency)
        why[account] = "all of it disputed" if disputed >= overdue else f"unapplied {currency} {code} covers it"
    return {account: LeftAlone(why[account]) for account, rest in left.items() if rest <= 0}


def _in_clearing(book: Book, today: date) -> dict[int, LeftAlone]:
    """Accounts whose cheque was received or deposited so lately that it may still clear or come back."""
    days = int(book.setting("queue.clearing_days"))
    rows = book.execute(
        "SELECT r.account_id, r.currency, r.amount_minor, COALESCE(d.happened_on, r.received_on) AS since"
        " FROM receipt r LEFT JOIN receipt_event d"
        " ON d.receipt_id = r.id AND d.kind = 'deposited' AND d.happened_on <= :day"
        " WHERE r.mode = 'cheque' AND r.received_on <= :day AND r.received_on >= :oldest"
        " AND COALESCE(d.happened_on, r.received_on) >= :since AND NOT EXISTS (SELECT 1 FROM receipt_event e"
        " WHERE e.receipt_id = r.id AND (e.kind = 'cleared' OR e.kind = 'reversed') AND e.happened_on <= :day)"
        " ORDER BY since, r.id",
        {
            "day": today.isoformat(),
            "oldest": (today - timedelta(days=CHEQUE_DAYS)).isoformat(),
            "since": (today - timedelta(days=days)).isoformat(),
        },
    )
    return {
        account: LeftAlone(
            f"cheque of {currency} {money.shown(amount, currency)} in clearing since {since}", _after(since, days + 1)
        )
        for account, currency, amount, since in rows
    }


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
