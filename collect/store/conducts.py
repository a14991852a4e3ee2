"""What accounts did besides paying, as of any day: promises broken, payments bounced, contact, the credit limit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from collect.book import Book, end_of
from collect.risk import Conduct
from collect.store import credit_limits, promises
from collect.store.history import known_in
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf, among


def all_of(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> dict[int, Conduct]:
    """Return the conduct of all accounts, or of those with these ids, up to the end of a day.

    Accounts with nothing to tell are left out.
    """
    broke, bounced = broken(book, as_of, accounts), _bounced(book, as_of, accounts)
    wanted = frozenset(accounts or ())
    silent, limits = _silent(book, as_of, accounts), credit_limits.in_force(book, as_of)
    return {
        account_id: Conduct(
            len(broke.get(account_id, ())),
            bounced.get(account_id, 0),
            silent.get(account_id),
            limits.get(account_id, {}),
        )
        for account_id in sorted(broke.keys() | bounced.keys() | silent.keys() | limits.keys())
        if accounts is None or account_id in wanted
    }


def _bounced(book: Book, as_of: AsOf, accounts: Collection[int] | None) -> dict[int, int]:
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT account_id, COUNT(DISTINCT credit_id) FROM posting WHERE kind = 'bounce' AND effective_on <= :day"
        f" AND {known} {among('account_id', accounts)} GROUP BY account_id",
        parameters,
    )
    return dict(rows)


def _silent(book: Book, as_of: AsOf, accounts: Collection[int] | None) -> dict[int, int]:
    """Days since the debtor was last spoken to or wrote, or since the first try where that never was."""
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT c.account_id, MAX(CASE WHEN c.direction = 'in' OR c.outcome IN ('spoke', 'promised', 'refused',"
        " 'disputed', 'paid', 'met', 'callback') THEN c.at ELSE '' END), MIN(c.at) FROM contact c"
        f" WHERE c.at < :end AND c.{known} AND {LATEST} {among('c.account_id', accounts)} GROUP BY c.account_id",
        {**parameters, "end": end_of(as_of.day, book.zone)},
    )
    return {
        account_id: (as_of.day - datetime.fromisoformat(heard_at or first_at).astimezone(book.zone).date()).days
        for account_id, heard_at, first_at in rows
    }


def broken(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> dict[int, list[date]]:
    """The days each account promised to pay on and did not, wholly, as far as they were over by the end of the day."""
    if book.execute("SELECT 1 FROM promise LIMIT 1").fetchone() is None:
        return {}
    found: dict[int, list[date]] = defaultdict(list)
    wanted = promises.accounts_with(book, as_of.day) if accounts is None else accounts
    for one in promises.standings(book, wanted, as_of.day):
        if one.standing.state in {"broken", "partly kept"}:
            found[one.account_id].append(one.standing.promise.due_on)
    return dict(found)
