"""Aged sums straight from the open items and credits; the dates compared are computed by `aging.Buckets`."""

from typing import Any, Literal, NamedTuple

from collect.aging import Aged, Buckets
from collect.book import Book
from collect.store import postings
from collect.store.postings import AsOf

By = Literal["account", "agent", "territory", "currency"]
DateBy = Literal["due", "document"]
_GROUPS = {"account": "a.id", "agent": "a.agent", "territory": "a.territory", "currency": "''"}


class Question(NamedTuple):
    """What is asked: as of when, in which buckets, by which date, net of credits or not."""

    as_of: AsOf
    buckets: Buckets
    by_date: DateBy = "due"
    net: bool = False


def totals(book: Book, question: Question) -> dict[str, Aged]:
    """Aged totals per currency."""
    sql, parameters = _sums(book, question, "''", counted=True)
    return {row[1]: _aged(row, question.buckets) for row in book.execute(f"{sql} ORDER BY currency", parameters)}


def groups(book: Book, question: Question, by: By, limit: int = 0) -> list[tuple[Any, Aged]]:
    """Aged sums per (group, currency), largest total first: account id, agent or territory, and its sums."""
    key = {"currency": "''"}.get(by, "account_id")
    only = _largest(book, question.as_of, limit) if limit and by == "account" else ""
    sql, parameters = _sums(book, question, key, counted=False, only=only)
    if by in {"agent", "territory"}:
        sql = _regrouped(sql, _GROUPS[by], question.buckets)
    ordered = f"{sql} ORDER BY currency, total DESC, 1"
    rows = book.execute(f"{ordered} LIMIT :limit" if limit else ordered, {**parameters, "limit": limit})
    return [(row[0], _aged(row, question.buckets)) for row in rows]


def _largest(book: Book, as_of: AsOf, limit: int) -> str:
    """Return a condition for the accounts among which the largest totals are, '' where that is all of them.

    An account without open items has credits only, so its total is the smallest; it counts only in a short list.
    """
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open}, unapplied AS (SELECT account_id, currency, SUM(open_minor) AS amount FROM open_credit"
        " GROUP BY account_id, currency),"
        " owed AS (SELECT account_id, currency, SUM(open_minor) AS amount FROM open_item GROUP BY account_id, currency)"
        " SELECT o.account_id FROM owed o LEFT JOIN unapplied u ON u.account_id = o.account_id"
        " AND u.currency = o.currency ORDER BY o.currency, o.amount + COALESCE(u.amount, 0) DESC, o.account_id"
        " LIMIT :limit",
        {**parameters, "limit": limit},
    ).fetchall()
    if len(rows) < limit:
        return ""
    return f"WHERE account_id IN ({', '.join(str(int(account_id)) for (account_id,) in rows)})"


def accounts_owing(book: Book, as_of: AsOf) -> dict[str, int]:
    """How many accounts have open items, per currency."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open}, owing AS (SELECT DISTINCT currency, account_id FROM open_item)"
        " SELECT currency, COUNT(*) FROM owing GROUP BY currency",
        parameters,
    )
    return dict(rows)


def credit_only(book: Book, as_of: AsOf) -> int:
    """How many accounts have credits and no open items, per currency counted apart."""
    with_open, parameters = postings.open_on(book, as_of)
    row = book.execute(
        f"{with_open}, credited AS (SELECT account_id, currency FROM open_credit GROUP BY account_id, currency)"
        " SELECT COUNT(*) FROM credited c WHERE NOT EXISTS"
        " (SELECT 1 FROM open_item i WHERE i.account_id = c.account_id AND i.currency = c.currency)",
        parameters,
    ).fetchone()
    return int(row[0])


def derived_due_dates(book: Book, as_of: AsOf) -> dict[str, int]:
    """How many open items have a due date nobody stated, by where it comes from."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT due_from, COUNT(*) FROM open_item WHERE due_from <> '' GROUP BY 1 ORDER BY 1",
        parameters,
    )
    return dict(rows)


def disputed(book: Book, as_of: AsOf) -> dict[str, tuple[int, int]]:
    """Count and sum of open disputed items per currency, in minor units."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT currency, COUNT(*), SUM(open_minor) FROM open_item WHERE disputed = 1"
        " GROUP BY currency ORDER BY currency",
        parameters,
    )
    return {currency: (count, amount) for currency, count, amount in rows}


def _sums(book: Book, question: Question, key: str, *, counted: bool, only: str = "") -> tuple[str, dict[str, Any]]:
    """Return a query of (group, currency, one sum per bucket, unapplied, total, one count per bucket)."""
    with_open, parameters = postings.open_on(book, question.as_of)
    days = question.buckets.first_days(question.as_of.day)
    parameters |= {f"day{at}": day.isoformat() for at, day in enumerate(days)}
    # An item without a document date is aged by its due date either way.
    item_date = "due_on" if question.by_date == "due" else "CASE document_on WHEN '' THEN due_on ELSE document_on END"
    debt = _per_bucket(item_date, len(days), "open_minor")
    counts = _per_bucket(item_date, len(days), "1") if counted else ["0"] * (len(days) + 1)
    netted = _per_bucket("document_on", len(days), "open_minor") if question.net else ["0"] * (len(days) + 1)
    unapplied = "0" if question.net else "open_minor"
    names = [f"b{at}" for at in range(len(days) + 1)]
    tallies = [f"n{at}" for at in range(len(days) + 1)]
    items = ", ".join(
        [f"{key} AS grouped, currency"]
        + [f"SUM({case}) AS {name}" for case, name in zip(debt, names, strict=True)]
        + ["0 AS unapplied", "SUM(open_minor) AS total"]
        + [f"SUM({case}) AS {name}" for case, name in zip(counts, tallies, strict=True)]
    )
    credits_ = ", ".join(
        [f"{key}, currency"]
        + [f"SUM({case})" for case in netted]
        + [f"SUM({unapplied})", "SUM(open_minor)"]
        + ["0"] * len(tallies)
    )
    summed = ", ".join(f"SUM({name}) AS {name}" for name in [*names, "unapplied", "total", *tallies])
    part = (
        f"SELECT {items} FROM open_item {only} GROUP BY 1, 2"
        f" UNION ALL SELECT {credits_} FROM open_credit {only} GROUP BY 1, 2"
    )
    sql = f"{with_open}, part AS ({part}) SELECT grouped, currency, {summed} FROM part GROUP BY grouped, currency"
    return sql, parameters


def _per_bucket(column: str, days: int, value: str) -> list[str]:
    first = f"CASE WHEN {column} >= :day0 THEN {value} ELSE 0 END"
    between = [
        f"CASE WHEN {column} < :day{at - 1} AND {column} >= :day{at} THEN {value} ELSE 0 END" for at in range(1, days)
    ]
    return [first, *between, f"CASE WHEN {column} < :day{days - 1} THEN {value} ELSE 0 END"]


def _regrouped(sql: str, key: str, buckets: Buckets) -> str:
    count = len(buckets.keys)
    names = [f"b{at}" for at in range(count)] + ["unapplied", "total"] + [f"n{at}" for at in range(count)]
    summed = ", ".join(f"SUM({name}) AS {name}" for name in names)
    return f"SELECT {key} AS named, currency, {summed} FROM ({sql}) s JOIN account a ON a.id = s.grouped GROUP BY 1, 2"


def _aged(row: tuple[Any, ...], buckets: Buckets) -> Aged:
    count = len(buckets.keys)
    return Aged(row[1], tuple(row[2 : 2 + count]), tuple(row[4 + count :]), row[2 + count])
