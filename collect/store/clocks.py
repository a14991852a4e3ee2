"""Legal clocks of the book, and what they run from: cheques that came back, old debts with what was paid on them."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collect import clocks
from collect.book import Book, end_of
from collect.clocks import Bounce, Clock, Restart
from collect.dates import add_months
from collect.records import Account
from collect.store import gate, history, postings
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf

if TYPE_CHECKING:  # imported where a book has chosen such rules
    from collect.presets import Rule


AHEAD_MONTHS = 3
"""Limitation is told from so many months before its end."""


class Running(NamedTuple):
    """A clock of an account, and the receipt or item it is about."""

    account_id: int
    what: str
    clock: Clock


class Returned(NamedTuple):
    """A cheque of an account that came back, by the number of its receipt."""

    account_id: int
    number: str
    bounce: Bounce


class OldDebt(NamedTuple):
    """An open item, and what began its limitation anew."""

    account_id: int
    number: str
    due_on: date
    restarts: tuple[Restart, ...]


def rules(book: Book, as_of: AsOf, *kinds: str) -> list["Rule"]:
    """The rules of those kinds that the book has chosen and that are in force."""
    from collect.presets import rules_in_force

    chosen = gate.of(book)
    return [rule for rule in rules_in_force(chosen.presets, as_of.day, chosen.scope) if rule.kind in kinds]


def with_rates(book: Book, as_of: AsOf, *kinds: str) -> list["Rule"]:
    """The same, with the rates of the setting `interest.rates` laid over their own."""
    from collect import interest

    later = interest.later_rates(book.setting("interest.rates"))
    return [interest.with_rates(rule, later) for rule in rules(book, as_of, *kinds)]


def all_of(book: Book, as_of: AsOf, account: Account | None = None) -> list[Running]:
    """Every clock under the rules the book has chosen, those done or missed too, of all accounts or of one.

    Of all accounts limitation is told only of debts whose time is up, or will be within `AHEAD_MONTHS`.
    """
    found: list[Running] = []
    for rule in rules(book, as_of, "cheque", "limitation"):
        if rule.kind == "cheque":
            for one in returned(book, as_of, account):
                found += [
                    Running(one.account_id, one.number, clock) for clock in clocks.cheque(rule, one.bounce, as_of.day)
                ]
            continue
        last = add_months(as_of.day, AHEAD_MONTHS)
        by = as_of.day if account else add_months(last, -int(rule.terms["months"]))
        for debt in old_debts(book, as_of, by, account):
            clock = clocks.limitation(rule, debt.due_on, debt.restarts, as_of.day)
            if account or clock.due_on <= last:
                found.append(Running(debt.account_id, debt.number, clock))
    return found


def returned(book: Book, as_of: AsOf, account: Account | None = None) -> list[Returned]:
    """Cheques that bounced by the end of a day, the first first; of all accounts or of one.

    The notice is the first letter logged after the bounce, or its delivery where none was; delivery is the event
    'notice-delivered'. The cheque counts as paid on the day receipts since the bounce reach its amount.
    """
    known, parameters = history.known_in(book, as_of)
    only = "AND p.account_id = :account" if account else ""
    rows = book.execute(
        "SELECT p.account_id, c.number, p.currency, r.amount_minor, MIN(p.effective_on) FROM posting p"
        " JOIN credit c ON c.id = p.credit_id JOIN receipt r ON r.credit_id = c.id"
        f" WHERE p.kind = 'bounce' AND r.mode = 'cheque' AND p.effective_on <= :day AND p.{known} {only}"
        " GROUP BY p.account_id, c.number, p.currency, r.amount_minor ORDER BY 5, 1, 2",
        {**parameters, "account": account.id if account else 0},
    ).fetchall()
    return [
        Returned(key, number, _bounce(book, as_of, key, (currency, amount), on))
        for key, number, currency, amount, on in rows
    ]


def _bounce(book: Book, as_of: AsOf, account_id: int, owed: tuple[str, int], on: str) -> Bounce:
    known, parameters = history.known_in(book, as_of)
    parameters |= {"account": account_id, "on": on, "currency": owed[0]}
    received = book.execute(
        "SELECT MIN(happened_on) FROM event WHERE account_id = :account AND kind = 'notice-delivered'"
        f" AND happened_on > :on AND happened_on <= :day AND {known}",
        parameters,
    ).fetchone()[0]
    letter = book.execute(
        "SELECT MIN(c.at) FROM contact c WHERE c.account_id = :account AND c.channel = 'letter' AND c.direction = 'out'"
        f" AND c.at >= :since AND c.at < :next AND c.{known} AND {LATEST}",
        {
            **parameters,
            "since": end_of(date.fromisoformat(on) - timedelta(days=1), book.zone),
            "next": end_of(as_of.day, book.zone),
        },
    ).fetchone()[0]
    paid_on, sum_minor = None, 0
    for day, amount in book.execute(
        "SELECT p.effective_on, -SUM(p.amount_minor) FROM posting p WHERE p.account_id = :account"
        " AND p.currency = :currency AND p.kind = 'receipt' AND p.effective_on >= :on AND p.effective_on <= :day"
        f" AND p.{known} AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.reverses_id = p.id AND b.effective_on <= :day)"
        " GROUP BY p.effective_on ORDER BY p.effective_on",
        parameters,
    ):
        sum_minor += amount
        if sum_minor >= owed[1]:
            paid_on = date.fromisoformat(day)
            break
    received_on = date.fromisoformat(received) if received else None
    sent_on = datetime.fromisoformat(letter).astimezone(book.zone).date() if letter else received_on
    return Bounce(date.fromisoformat(on), sent_on, received_on, paid_on)


def old_debts(book: Book, as_of: AsOf, due_by: date, account: Account | None = None) -> list[OldDebt]:
    """Open items that fell due by a day, the oldest first, with the part payments on each.

    A part payment is money of a receipt that went to the item; a credit note, a waiver or a write-off is none. An item
    whose due day is known only by the bucket of an aged list is left out: its day would be made up.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND o.account_id = :account" if account else ""
    parameters |= {"due_by": due_by.isoformat(), "day": as_of.day.isoformat(), "account": account.id if account else 0}
    old = f"o.due_on <= :due_by AND o.open_minor > 0 AND o.due_from <> 'bucket' {only}"
    restarts: dict[int, list[Restart]] = defaultdict(list)
    for item_id, on in book.execute(
        f"{with_open} SELECT p.item_id, p.effective_on FROM posting p JOIN posting m ON m.pair_id = p.pair_id"
        " AND m.credit_id IS NOT NULL JOIN credit c ON c.id = m.credit_id AND c.kind IN ('receipt', 'advance')"
        f" WHERE p.item_id IN (SELECT o.id FROM open_item o WHERE {old}) AND p.kind = 'allocation'"
        " AND p.amount_minor < 0 AND p.effective_on <= :day"
        " AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.reverses_id = p.id AND b.effective_on <= :day)"
        " ORDER BY p.effective_on, p.id",
        parameters,
    ):
        restarts[item_id].append(Restart(date.fromisoformat(on), "part payment"))
    rows = book.execute(
        f"{with_open} SELECT o.id, o.account_id, o.due_on, i.number FROM open_item o JOIN item i ON i.id = o.id"
        f" WHERE {old} ORDER BY o.due_on, i.number, o.id",
        parameters,
    ).fetchall()
    said = _acknowledged(book, as_of)
    return [
        OldDebt(key, number, date.fromisoformat(due), (*restarts[item], *said.get(key, ())))
        for item, key, due, number in rows
    ]


def _acknowledged(book: Book, as_of: AsOf) -> dict[int, list[Restart]]:
    """Signed acknowledgements of each account's debt: the event 'acknowledgement'."""
    found: dict[int, list[Restart]] = defaultdict(list)
    rows = book.execute(
        "SELECT account_id, happened_on FROM event WHERE kind = 'acknowledgement' AND happened_on <= ? ORDER BY id",
        (as_of.day.isoformat(),),
    )
    for account_id, on in rows:
        found[account_id].append(Restart(date.fromisoformat(on), "acknowledgement"))
    return found
