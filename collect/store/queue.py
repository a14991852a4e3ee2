"""Facts that the queue is made of, one row per account and currency with something overdue."""

from collections.abc import Collection, Sequence
from datetime import date

from collect.book import Book
from collect.queue import Facts, Floor, Known, Weights, floors
from collect.store import postings
from collect.store.postings import AsOf


def leading(
    book: Book,
    as_of: AsOf,
    weights: Weights,
    limit: int,
    *,
    held: Collection[int] = frozenset(),
    known: Known | None = None,
) -> tuple[list[Facts], int]:
    """Return the facts of enough accounts to rank the first `limit` of those not held back, and how many there are.

    The accounts that something calls for (`known`) are always among them. Without a limit, or on a day that the caches
    do not show, these are all of them.
    """
    if not limit or not postings.cached(book, as_of):
        found = [facts for facts in overdue(book, as_of) if facts[0] not in held]
        return found, len(found)
    late = "SELECT account_id FROM owing WHERE oldest_due_on < ?"
    accounts = [account_id for (account_id,) in book.execute(late, (as_of.day.isoformat(),)) if account_id not in held]
    sample = _largest(book, as_of.day, 4 * limit, held)
    least = floors(overdue(book, as_of, sample), as_of.day, weights, limit, known)
    called = known.calls if known else ()
    found = overdue(book, as_of, {*_reaching(book, least), *called} if least else accounts)
    return [facts for facts in found if facts[0] not in held], len(accounts)


def _largest(book: Book, today: date, count: int, held: Collection[int]) -> list[int]:
    """Accounts that owe most, from which the least score that counts can be told."""
    rows = book.execute(
        "SELECT account_id FROM owing WHERE oldest_due_on < ? ORDER BY open_minor DESC LIMIT ?",
        (today.isoformat(), count + len(held)),
    )
    return [account_id for (account_id,) in rows if account_id not in held][:count]


def _reaching(book: Book, least: Sequence[Floor]) -> list[int]:
    """Accounts that owe enough for their age in some currency, whether all of it is overdue or not."""
    found: list[int] = []
    for (currency,) in book.execute("SELECT DISTINCT currency FROM control_total").fetchall():
        steps = " ".join("WHEN oldest_due_on <= ? THEN ?" for _ in least)
        values = [value for floor in least for value in (floor.due_by, floor.least(currency))]
        sql = f"SELECT account_id FROM owing WHERE currency = ? AND open_minor >= CASE {steps} END"
        found += [account_id for (account_id,) in book.execute(sql, [currency, *values])]
    return found


def overdue(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> list[Facts]:
    """Return the facts of every account with something overdue on the day, or of these accounts only.

    They are bare tuples in the order of `Facts`: there may be a hundred thousand.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "" if accounts is None else f"AND account_id IN ({', '.join(str(int(one)) for one in accounts)})"
    rows: list[Facts] = book.execute(
        f"{with_open}, unapplied AS (SELECT account_id, currency, SUM(open_minor) AS amount"
        " FROM open_credit GROUP BY account_id, currency),"
        " overdue AS (SELECT account_id, currency, SUM(open_minor) AS amount, MIN(due_on) AS oldest,"
        " SUM(CASE WHEN disputed = 1 THEN open_minor ELSE 0 END) AS disputed"
        f" FROM open_item WHERE due_on < :today AND open_minor > 0 {only} GROUP BY account_id, currency)"
        " SELECT o.account_id, o.currency, o.amount, o.oldest, o.disputed, COALESCE(u.amount, 0) FROM overdue o"
        " LEFT JOIN unapplied u ON u.account_id = o.account_id AND u.currency = o.currency",
        {**parameters, "today": as_of.day.isoformat()},
    ).fetchall()
    return _with_disputes(book, as_of, rows)


def _with_disputes(book: Book, as_of: AsOf, rows: list[Facts]) -> list[Facts]:
    """Add what is in disputes of ours to what the ledger marks as disputed."""
    if book.execute("SELECT 1 FROM dispute LIMIT 1").fetchone() is None:
        return rows
    from collect.store import disputes

    ours = disputes.overdue_by_account(book, as_of)
    return [Facts(*row)._replace(disputed=row[4] + ours.get((row[0], row[1]), 0)) for row in rows]
