"""Stages of accounts: the moves that were made, and the facts the next one rests on."""

from collections import defaultdict
from datetime import date

from collect.book import Book
from collect.escalation import Facts, Move
from collect.records import Account
from collect.store import conducts, disputes, history, postings
from collect.store.postings import AsOf


def add(book: Book, move: Move) -> None:
    """Write a move; its agent is that of the change."""
    book.execute(
        "INSERT INTO stage_move (account_id, stage, moved_on, reason, approved_by, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            move.account_id,
            move.stage,
            move.moved_on.isoformat(),
            move.reason,
            move.approved_by,
            book.writing.id,
        ),
    )


def moves(book: Book, as_of: AsOf, account: Account | None = None) -> list[Move]:
    """All moves up to the end of a day, of all accounts or of one, in the order they were made."""
    known, parameters = history.known_in(book, as_of)
    only = "AND m.account_id = :account" if account else ""
    rows = book.execute(
        "SELECT m.account_id, m.stage, m.moved_on, m.reason, m.approved_by, c.agent FROM stage_move m"
        f" JOIN change c ON c.id = m.change_id WHERE m.moved_on <= :day AND m.{known} {only} ORDER BY m.moved_on, m.id",
        {**parameters, "account": account.id if account else 0},
    )
    return [Move(key, stage, date.fromisoformat(on), *rest) for key, stage, on, *rest in rows]


def facts(book: Book, as_of: AsOf, account: Account | None = None) -> list[Facts]:
    """What the stage of each account with something overdue rests on, by account id.

    `overdue` leaves out what is disputed: the ledger's mark, and disputes of ours. Of broken promises those count that
    were made for a day since the oldest item fell due.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND account_id = :account" if account else ""
    rows = book.execute(
        f"{with_open} SELECT account_id, currency, SUM(CASE WHEN disputed = 1 THEN 0 ELSE open_minor END), MIN(due_on)"
        f" FROM open_item WHERE due_on < :today AND open_minor > 0 {only} GROUP BY account_id, currency"
        " ORDER BY account_id, currency",
        {**parameters, "today": as_of.day.isoformat(), "account": account.id if account else 0},
    ).fetchall()
    contested = disputes.overdue_by_account(book, as_of, account.id if account else 0)
    broken = conducts.broken(book, as_of)
    last = {move.account_id: move for move in moves(book, as_of, account)}
    overdue: dict[int, dict[str, int]] = defaultdict(dict)
    oldest: dict[int, str] = {}
    for account_id, currency, amount, due_on in rows:
        overdue[account_id][currency] = amount - contested.get((account_id, currency), 0)
        oldest[account_id] = min(due_on, oldest.get(account_id, due_on))
    found = []
    for key, amounts in overdue.items():
        since = date.fromisoformat(oldest[key])
        count = sum(day > since for day in broken.get(key, ()))
        found.append(Facts(key, amounts, since, count, last.get(key)))
    return found
