"""Facts that the queue is made of, one row per account and currency with something overdue."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from collect import shortcut
from collect.book import Book
from collect.queue import Facts, Known, Weights
from collect.shortcut import Floor, Look
from collect.store import postings
from collect.store.postings import MANY, AsOf, among


class Asked(NamedTuple):
    """Whose rows are wanted: of these accounts (None: all) but those held back, whose oldest item fell due in a span.

    The span is ISO text: from `since` on, and before `before` ('' where it has no end).
    """

    accounts: Collection[int] | None = None
    held: Collection[int] = frozenset()
    since: str = ""
    before: str = ""
    disputed_or: Collection[int] | None = None
    """Where given, only what is disputed in part, and these accounts."""

    def of(self, accounts: Collection[int]) -> "Asked":
        """Return the same of these accounts only."""
        return self._replace(
            accounts=frozenset(accounts) if self.accounts is None else frozenset(self.accounts) & frozenset(accounts)
        )

    def due(self, since: str, before: str = "") -> "Asked":
        """Return the same within that span only."""
        return self._replace(since=max(self.since, since), before=min(filter(None, (self.before, before)), default=""))

    def fits(self, row: Sequence[Any]) -> bool:
        """Whether facts, as a bare tuple of one of these accounts, are wanted."""
        account_id, _, _, oldest_due_on, disputed, _ = row
        return (
            account_id not in self.held
            and oldest_due_on >= self.since
            and (not self.before or oldest_due_on < self.before)
            and (self.disputed_or is None or disputed > 0 or account_id in self.disputed_or)
        )


class Leading(NamedTuple):
    """The facts of those who may come first, all that is known of them, and how many rows there are in all."""

    facts: list[Facts]
    known: Known
    total: int


def leading(
    book: Book, as_of: AsOf, weights: Weights, limit: int, look: Look, *, asked: Asked, known: Known
) -> Leading:
    """Return what it takes to rank the first `limit` (0: all) of the rows asked for.

    The caches tell who owes too little for its age to be among them. Accounts that something calls for (`known`) are
    always looked at; so are, on a day that is past, those on which something was posted later.
    """

    def closely(found: list[Facts]) -> tuple[list[Facts], Known]:
        return shortcut.closely(found, as_of.day, weights, limit, known, look)

    moved = _moved_later(book, as_of) if limit and asked.accounts is None else None
    if moved is None:
        found = [row for row in overdue(book, as_of, asked.accounts) if asked.fits(row)]
        return Leading(*closely(found), len(found))
    largest = overdue(book, as_of, _largest(book, as_of, 4 * limit, asked))
    sample, sharper = closely([row for row in largest if asked.fits(row)])
    least = shortcut.floors(sample, as_of.day, weights, limit, sharper, most=look.most)
    wanted = {*_reaching(book, as_of, least, asked), *known.calls, *moved} if least else None
    found = [row for row in overdue(book, as_of, wanted) if asked.fits(row)]
    return Leading(*closely(found), _late(book, as_of, asked, moved) + sum(row[0] in moved for row in found))


def _moved_later(book: Book, as_of: AsOf) -> frozenset[int] | None:
    """Accounts whose summary shows a later day than the one asked for; None where too much was posted since."""
    if as_of.known_on is not None:
        return None
    rows = book.execute(
        f"SELECT account_id FROM posting WHERE effective_on > ? LIMIT {MANY + 1}", (as_of.day.isoformat(),)
    ).fetchall()
    return frozenset(account_id for (account_id,) in rows) if len(rows) <= MANY else None


def _largest(book: Book, as_of: AsOf, count: int, asked: Asked) -> list[int]:
    """Accounts that owe most, from which the least score that counts can be told."""
    span, values = _span(as_of, asked)
    rows = book.execute(
        f"SELECT account_id FROM owing WHERE {span} ORDER BY open_minor DESC LIMIT ?",
        (*values, count + len(asked.held)),
    )
    return [account_id for (account_id,) in rows if account_id not in asked.held][:count]


def _reaching(book: Book, as_of: AsOf, least: Sequence[Floor], asked: Asked) -> list[int]:
    """Accounts that owe enough for their age in some currency, whether all of it is overdue or not."""
    found: list[int] = []
    span, within = _span(as_of, asked)
    for (currency,) in book.execute("SELECT DISTINCT currency FROM control_total").fetchall():
        steps = " ".join("WHEN oldest_due_on <= ? THEN ?" for _ in least)
        values = [value for floor in least for value in (floor.due_by, floor.least(currency))]
        sql = f"SELECT account_id FROM owing WHERE {span} AND currency = ? AND open_minor >= CASE {steps} END"
        found += [account_id for (account_id,) in book.execute(sql, [*within, currency, *values])]
    return found


def _late(book: Book, as_of: AsOf, asked: Asked, moved: Collection[int]) -> int:
    """How many rows are asked for, of accounts whose summary shows the day."""
    span, values = _span(as_of, asked)
    sql = f"SELECT COUNT(*) FROM owing WHERE {span}"
    total: int = book.execute(sql, values).fetchone()[0]
    others = sorted({*asked.held, *moved})
    for start in range(0, len(others), MANY):
        total -= book.execute(f"{sql} {among('account_id', others[start : start + MANY])}", values).fetchone()[0]
    return total


def _span(as_of: AsOf, asked: Asked) -> tuple[str, tuple[str, str]]:
    """Return the condition on the oldest due date of a summary row, and its values."""
    day = as_of.day.isoformat()
    return "oldest_due_on >= ? AND oldest_due_on < ?", (asked.since, min(asked.before or day, day))


def overdue(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> list[Facts]:
    """Return the facts of every account with something overdue on the day, or of these accounts only.

    They are bare tuples in the order of `Facts`: there may be a hundred thousand.
    """
    if accounts is not None and len(accounts) > MANY:
        wanted = frozenset(accounts)
        return [facts for facts in overdue(book, as_of) if facts[0] in wanted]
    with_open, parameters = postings.open_on(book, as_of, accounts)
    rows: list[Facts] = book.execute(
        f"{with_open}, unapplied AS (SELECT account_id, currency, SUM(open_minor) AS amount"
        " FROM open_credit GROUP BY account_id, currency),"
        " overdue AS (SELECT account_id, currency, SUM(open_minor) AS amount, MIN(due_on) AS oldest,"
        " SUM(CASE WHEN disputed = 1 THEN open_minor ELSE 0 END) AS disputed"
        " FROM open_item WHERE due_on < :today AND open_minor > 0 GROUP BY account_id, currency)"
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
