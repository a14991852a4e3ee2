"""Stages of accounts: the moves that were made, and the facts the next one rests on."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from collect.book import Book
from collect.errors import Refused
from collect.escalation import Facts, Move
from collect.records import Account
from collect.store import conducts, history, postings
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


def moves(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> list[Move]:
    """All moves up to the end of a day, of all accounts or of these, in the order they were made."""
    known, parameters = history.known_in(book, as_of)
    only = postings.among("m.account_id", accounts)
    rows = book.execute(
        "SELECT m.account_id, m.stage, m.moved_on, m.reason, m.approved_by, c.agent FROM stage_move m"
        f" JOIN change c ON c.id = m.change_id WHERE m.moved_on <= :day AND m.{known} {only} ORDER BY m.moved_on, m.id",
        parameters,
    )
    return [Move(key, stage, date.fromisoformat(on), *rest) for key, stage, on, *rest in rows]


def on_ladder(book: Book, as_of: AsOf) -> list[int]:
    """Ids of the accounts that were moved to a stage by the end of a day."""
    rows = book.execute(
        "SELECT DISTINCT account_id FROM stage_move WHERE moved_on <= ? ORDER BY account_id", (as_of.day.isoformat(),)
    )
    return [account_id for (account_id,) in rows]


def facts(book: Book, as_of: AsOf, accounts: Collection[int] | None = None) -> list[Facts]:
    """What the stage of each account with something overdue rests on, by account id; of all accounts or of these.

    What is disputed is left out, by the ledger's mark or by disputes of ours; of an account that disputes all that is
    overdue the oldest item counts all the same. Of broken promises those count that were made for a day since then.
    """
    if accounts is not None and len(accounts) > postings.MANY:
        wanted = frozenset(accounts)
        return [one for one in facts(book, as_of) if one.account_id in wanted]
    with_open, parameters = postings.open_on(book, as_of, accounts)
    contested, wholly = _contested(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT account_id, currency, SUM(CASE WHEN disputed = 1 THEN 0 ELSE open_minor END),"
        f" MIN(CASE WHEN disputed = 1 OR id IN ({wholly}) THEN NULL ELSE due_on END), MIN(due_on)"
        " FROM open_item WHERE due_on < :today AND open_minor > 0"
        " GROUP BY account_id, currency ORDER BY account_id, currency",
        {**parameters, "today": as_of.day.isoformat()},
    ).fetchall()
    broken = conducts.broken(book, as_of, accounts)
    last = {move.account_id: move for move in moves(book, as_of, accounts)}
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


def _contested(book: Book, as_of: AsOf) -> tuple[dict[tuple[int, str], int], str]:
    """What is in disputes of ours by account and currency, and the ids of the items that are so wholly, as a list."""
    if book.execute("SELECT 1 FROM dispute LIMIT 1").fetchone() is None:
        return {}, ""
    from collect.store import disputes

    return disputes.overdue_by_account(book, as_of), ",".join(map(str, disputes.disputed_wholly(book, as_of)))
