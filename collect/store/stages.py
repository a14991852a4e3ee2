"""Stages of accounts: the moves that were made, and the facts the next one rests on."""

from collections import defaultdict
from datetime import date

from collect.book import Book
from collect.errors import Refused
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


def check_newest(book: Book, account: Account) -> None:
    """Refuse a move on a replayed day where the account was moved on a later one: that would tear its history."""
    row = book.execute(
        "SELECT MAX(moved_on) FROM stage_move WHERE account_id = ? AND moved_on > ?",
        (account.id, book.today.isoformat()),
    ).fetchone()
    if row[0]:
        raise Refused(f"moved on a later day already, {row[0]}: {account.number}", "leave --today out")


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

    What is disputed is left out, by the ledger's mark or by disputes of ours; of an account that disputes all that is
    overdue the oldest item counts all the same. Of broken promises those count that were made for a day since then.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND account_id = :account" if account else ""
    wholly = ",".join(map(str, disputes.disputed_wholly(book, as_of, account.id if account else 0)))
    rows = book.execute(
        f"{with_open} SELECT account_id, currency, SUM(CASE WHEN disputed = 1 THEN 0 ELSE open_minor END),"
        f" MIN(CASE WHEN disputed = 1 OR id IN ({wholly}) THEN NULL ELSE due_on END), MIN(due_on)"
        f" FROM open_item WHERE due_on < :today AND open_minor > 0 {only} GROUP BY account_id, currency"
        " ORDER BY account_id, currency",
        {**parameters, "today": as_of.day.isoformat(), "account": account.id if account else 0},
    ).fetchall()
    contested = disputes.overdue_by_account(book, as_of, account.id if account else 0)
    broken = conducts.broken(book, as_of)
    last = {move.account_id: move for move in moves(book, as_of, account)}
    overdue: dict[int, dict[str, int]] = defaultdict(dict)
    chased: dict[int, str] = {}
    oldest: dict[int, str] = {}
    for account_id, currency, amount, free_on, due_on in rows:
        overdue[account_id][currency] = amount - contested.get((account_id, currency), 0)
        oldest[account_id] = min(due_on, oldest.get(account_id, due_on))
        if free_on:
            chased[account_id] = min(free_on, chased.get(account_id, free_on))
    found = []
    for key, amounts in overdue.items():
        since = date.fromisoformat(chased.get(key, oldest[key]))
        count = sum(day > since for day in broken.get(key, ()))
        found.append(Facts(key, amounts, since, count, last.get(key)))
    return found
