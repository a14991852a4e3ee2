"""What accounts did besides paying, as of any day: promises broken, payments bounced, contact, the credit limit."""

from collections import defaultdict
from datetime import date, datetime

from collect import promises
from collect.book import Book, end_of
from collect.listing import SETTLED
from collect.promises import Payment, Promise
from collect.risk import Conduct
from collect.store import credit_limits
from collect.store.history import known_in
from collect.store.postings import AsOf


def all_of(book: Book, as_of: AsOf) -> dict[int, Conduct]:
    """Return the conduct of each account up to the end of a day; accounts with nothing to tell are left out."""
    broke, bounced, silent = broken(book, as_of), _bounced(book, as_of), _silent(book, as_of)
    limits = credit_limits.in_force(book, as_of)
    return {
        account_id: Conduct(
            len(broke.get(account_id, ())),
            bounced.get(account_id, 0),
            silent.get(account_id),
            limits.get(account_id, {}),
        )
        for account_id in sorted(broke.keys() | bounced.keys() | silent.keys() | limits.keys())
    }


def _bounced(book: Book, as_of: AsOf) -> dict[int, int]:
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT account_id, COUNT(DISTINCT credit_id) FROM posting WHERE kind = 'bounce' AND effective_on <= :day"
        f" AND {known} GROUP BY account_id",
        parameters,
    )
    return dict(rows)


def _silent(book: Book, as_of: AsOf) -> dict[int, int]:
    """Days since the debtor was last spoken to or wrote, or since the first try where that never was."""
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT account_id, MAX(CASE WHEN direction = 'in' OR outcome IN ('spoke', 'promised', 'refused', 'disputed',"
        " 'paid', 'met', 'callback') THEN at ELSE '' END), MIN(at) FROM contact"
        f" WHERE at < :end AND {known} GROUP BY account_id",
        {**parameters, "end": end_of(as_of.day, book.zone)},
    )
    return {
        account_id: (as_of.day - datetime.fromisoformat(heard_at or first_at).astimezone(book.zone).date()).days
        for account_id, heard_at, first_at in rows
    }


def broken(book: Book, as_of: AsOf) -> dict[int, list[date]]:
    """The days each account promised to pay on and did not, wholly, as far as they were over by the end of the day."""
    made = _promises(book, as_of)
    if not made:
        return {}
    paid = _payments(book, as_of)
    rules = promises.Rules(int(book.setting("promise.tolerance_days")), int(book.setting("promise.kept_percent")))
    found: dict[int, list[date]] = defaultdict(list)
    for (account_id, currency), ones in made.items():
        standings = promises.evaluate(ones, paid[account_id, currency], as_of.day, rules=rules)
        found[account_id] += [one.promise.due_on for one in standings if one.state in {"broken", "partly kept"}]
    return {account_id: days for account_id, days in found.items() if days}


def _promises(book: Book, as_of: AsOf) -> dict[tuple[int, str], list[Promise]]:
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT p.account_id, p.currency, p.id, p.made_on, p.due_on, p.amount_minor, p.contact_id, p.change_id,"
        " COALESCE((SELECT w.withdrawn_on FROM promise_withdrawal w WHERE w.promise_id = p.id), '')"
        f" FROM promise p WHERE p.made_on <= :day AND p.{known} ORDER BY p.id",
        parameters,
    )
    found = defaultdict(list)
    for account_id, currency, key, made_on, due_on, amount, contact_id, change_id, withdrawn_on in rows:
        withdrawn = date.fromisoformat(withdrawn_on) if withdrawn_on else None
        one = Promise(
            key, date.fromisoformat(made_on), date.fromisoformat(due_on), amount, contact_id, frozenset(), withdrawn,
            change_id,
        )  # fmt: skip
        found[account_id, currency].append(one)
    return found


def _payments(book: Book, as_of: AsOf) -> dict[tuple[int, str], list[Payment]]:
    """Money received, less what was taken back, and settlements seen in the ledger, of accounts with promises."""
    known, parameters = known_in(book, as_of)
    rows = book.execute(
        "SELECT p.account_id, p.currency, p.effective_on, -p.amount_minor, p.item_id, p.change_id,"
        " COALESCE((SELECT MIN(r.effective_on) FROM posting r WHERE r.reverses_id = p.id AND r.effective_on <= :day"
        " AND r.account_id = p.account_id), '') FROM posting p"
        " WHERE p.account_id IN (SELECT account_id FROM promise) AND p.amount_minor < 0"
        f" AND p.kind IN ('receipt', :seen) AND p.effective_on <= :day AND p.{known} ORDER BY p.id",
        {**parameters, "seen": SETTLED},
    )
    found: dict[tuple[int, str], list[Payment]] = defaultdict(list)
    for account_id, currency, on, amount, item_id, change_id, reversed_on in rows:
        back = date.fromisoformat(reversed_on) if reversed_on else None
        one = Payment(date.fromisoformat(on), amount, item_id, None, back, change_id)
        found[account_id, currency].append(one)
    return found
