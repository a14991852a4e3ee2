"""Promises to pay: kept as they were made; what became of each is worked out from the ledger of postings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from collect.book import Book
from collect.errors import NotFound
from collect.records import Account

if TYPE_CHECKING:  # most commands find no promise to judge: what judges them is imported where it is used
    from collect import paid
    from collect.promises import Payment, Promise, Rules, Standing

Debt = tuple[int, str]
"""Account id and currency."""

_STANDS = (
    "NOT EXISTS (SELECT 1 FROM contact c JOIN contact n ON n.corrects_id = COALESCE(c.corrects_id, c.id)"
    " AND n.id > c.id WHERE c.id = p.contact_id AND (n.outcome = 'mistake'"
    " OR EXISTS (SELECT 1 FROM promise q WHERE q.contact_id = n.id)))"
)
"""Of a promise `p`: no correction of its contact took it back or stated it anew."""


class Stands(NamedTuple):
    """A promise of an account with what it has come to; its currency and the contact's agent."""

    account_id: int
    currency: str
    standing: "Standing"
    agent: str = ""


def add(book: Book, account: Account, promise: "Promise", currency: str, contact_id: int) -> int:
    """Keep a promise made in that contact, with the items it is about; returns its id."""
    cursor = book.execute(
        "INSERT INTO promise (account_id, contact_id, made_on, due_on, currency, amount_minor, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            account.id,
            contact_id,
            promise.made_on.isoformat(),
            promise.due_on.isoformat(),
            currency,
            promise.amount_minor,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    book.executemany(
        "INSERT INTO promise_item (promise_id, item_id) VALUES (?, ?)",
        [(cursor.lastrowid, item) for item in promise.item_ids],
    )
    return cursor.lastrowid


def withdraw(book: Book, promise_id: int, on: date) -> None:
    """End a promise before its day."""
    book.execute(
        "INSERT INTO promise_withdrawal (promise_id, withdrawn_on, change_id) VALUES (?, ?, ?)",
        (promise_id, on.isoformat(), book.writing.id),
    )


def account_of(book: Book, promise_id: int) -> int:
    """Id of the account a promise was made on; NotFound where there is no such promise."""
    row = book.execute("SELECT account_id FROM promise WHERE id = ?", (promise_id,)).fetchone()
    if row is None:
        raise NotFound(f"no such promise: {promise_id}", "see 'collect promise list'")
    return int(row[0])


def accounts_with(book: Book, as_of: date) -> list[int]:
    """Ids of the accounts on which something was promised by that day."""
    rows = book.execute(
        "SELECT DISTINCT account_id FROM promise WHERE made_on <= ? ORDER BY account_id", (as_of.isoformat(),)
    )
    return [account_id for (account_id,) in rows]


def rules(book: Book) -> "Rules":
    """How long and how much it takes to keep a promise, from the settings."""
    from collect.promises import Rules

    return Rules(int(book.setting("promise.tolerance_days")), int(book.setting("promise.kept_percent")))


def standings(book: Book, accounts: Iterable[int], as_of: date) -> list[Stands]:
    """Every promise of these accounts made by a day, by account and currency, with what it had come to then."""
    from collect.promises import evaluate

    ids = list(accounts)
    found: list[Stands] = []
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        made, agents = _made(book, some)
        if not made:
            continue
        since = min(one.made_on for debt in made.values() for one in debt)
        money = payments(book, [account for account, _ in made], since, as_of)
        lists = _listed_on(book, [account for account, _ in made])
        for (account_id, currency), promises in sorted(made.items()):
            judged = evaluate(
                promises,
                money.get((account_id, currency), ()),
                as_of,
                rules=rules(book),
                listed_on=lists.get(account_id),
            )
            found += [Stands(account_id, currency, one, agents[one.promise.id]) for one in judged]
    return found


def due_on(book: Book, today: date) -> list[Stands]:
    """Promises for today that are open."""
    rows = book.execute("SELECT DISTINCT account_id FROM promise WHERE due_on = ? ORDER BY 1", (today.isoformat(),))
    ids = [account_id for (account_id,) in rows]
    found = standings(book, ids, today) if ids else []
    return [one for one in found if one.standing.promise.due_on == today and one.standing.state == "open"]


def waiting(book: Book, today: date) -> dict[int, str]:
    """Accounts that a promise keeps quiet today, with the day of the latest such promise.

    Only accounts with a promise for today or later can be; where nothing was paid, withdrawn or promised again since,
    the promise is open without a further look.
    """
    day = today.isoformat()
    rows = book.execute(
        "SELECT p.account_id, MAX(p.due_on), MIN(p.made_on), COUNT(*), (SELECT COUNT(*) FROM promise o"
        " WHERE o.account_id = p.account_id) FROM promise p WHERE p.due_on >= ? AND p.made_on <= ?"
        f" AND {_STANDS} GROUP BY p.account_id",
        (day, day),
    ).fetchall()
    found: dict[int, str] = {}
    look: list[int] = []
    for account_id, due_on, made_on, count, total in rows:
        if count == total == 1 and not _moved(book, account_id, made_on):
            found[account_id] = due_on
        else:
            look.append(account_id)
    for one in standings(book, look, today) if look else ():
        due = one.standing.promise.due_on.isoformat()
        if one.standing.state == "open" and due >= day:
            found[one.account_id] = max(due, found.get(one.account_id, ""))
    return found


def last_due(book: Book, accounts: Iterable[int], today: date) -> dict[int, str]:
    """The day of the newest promise of each of these accounts, unless it was withdrawn."""
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        f"SELECT p.account_id, p.due_on FROM promise p WHERE p.account_id IN ({wanted}) AND p.made_on <= ?"
        f" AND {_STANDS} AND NOT EXISTS (SELECT 1 FROM promise_withdrawal w WHERE w.promise_id = p.id) ORDER BY p.id",
        (today.isoformat(),),
    )
    return dict(rows)


def _moved(book: Book, account_id: int, since: str) -> bool:
    """Whether money moved on an account, or a promise was withdrawn, since a day."""
    row = book.execute(
        "SELECT EXISTS (SELECT 1 FROM posting WHERE account_id = :account AND effective_on >= :since"
        " AND amount_minor < 0) OR EXISTS (SELECT 1 FROM promise_withdrawal w JOIN promise p ON p.id = w.promise_id"
        " WHERE p.account_id = :account)",
        {"account": account_id, "since": since},
    ).fetchone()
    return bool(row[0])


def payments(book: Book, accounts: Iterable[int], since: date, as_of: date) -> dict[Debt, list["Payment"]]:
    """The payments of these accounts from a day on, by account and currency, allocated as they were on `as_of`."""
    from collect import paid

    wanted = ",".join(str(int(one)) for one in accounts)
    lines: dict[Debt, list[paid.Line]] = defaultdict(list)
    changes: set[int] = set()
    for account_id, currency, *rest in book.execute(
        "SELECT account_id, currency, id, change_id, item_id, credit_id, kind, amount_minor, effective_on, pair_id,"
        f" reverses_id FROM posting WHERE account_id IN ({wanted}) AND effective_on >= ? ORDER BY id",
        (since.isoformat(),),
    ):
        line = paid.Line._make(rest)
        lines[account_id, currency].append(line._replace(effective_on=date.fromisoformat(rest[6])))
        changes.add(line.change_id)
    lists = _lists(book, changes)
    return {debt: paid.payments(own, as_of, lists) for debt, own in lines.items()}


def _lists(book: Book, changes: Iterable[int]) -> dict[int, "paid.List"]:
    """The lists that were imported by these changes, each with the day of the one before it of its profile."""
    from collect import paid

    found: dict[int, paid.List] = {}
    before: dict[int, date] = {}
    wanted = set(changes)
    for change_id, profile_id, on in _days_of_lists(book):
        if change_id in wanted:
            found[change_id] = paid.List(on, before.get(profile_id))
        if on > before.get(profile_id, date.min):
            before[profile_id] = on
    return found


def _listed_on(book: Book, accounts: Sequence[int]) -> dict[int, date]:
    """The day of the newest list that tells of each of these accounts; none for those that no list tells of."""
    newest: dict[int, date] = {}
    for _, profile_id, on in _days_of_lists(book):
        newest[profile_id] = max(on, newest.get(profile_id, date.min))
    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        f"SELECT DISTINCT account_id, profile_id FROM item WHERE account_id IN ({wanted}) AND profile_id IS NOT NULL"
    )
    found: dict[int, date] = {}
    for account_id, profile_id in rows:
        if profile_id in newest:
            found[account_id] = max(newest[profile_id], found.get(account_id, date.min))
    return found


def _days_of_lists(book: Book) -> list[tuple[int, int, date]]:
    """Return (change id, profile id, day) of every list, in the order they were imported."""
    rows = book.execute(
        "SELECT f.change_id, f.profile_id, CASE WHEN f.as_of <> '' THEN f.as_of WHEN c.given_today <> ''"
        " THEN c.given_today ELSE substr(c.recorded_at, 1, 10) END FROM import_file f"
        " JOIN change c ON c.id = f.change_id ORDER BY f.id"
    )
    return [(change_id, profile_id, date.fromisoformat(day)) for change_id, profile_id, day in rows]


def _made(book: Book, accounts: Sequence[int]) -> tuple[dict[Debt, list["Promise"]], Mapping[int, str]]:
    wanted = ",".join(str(int(one)) for one in accounts)
    items: dict[int, set[int]] = defaultdict(set)
    for promise_id, item_id in book.execute(
        "SELECT i.promise_id, i.item_id FROM promise p JOIN promise_item i ON i.promise_id = p.id"
        f" WHERE p.account_id IN ({wanted})"
    ):
        items[promise_id].add(item_id)
    found: dict[Debt, list[Promise]] = defaultdict(list)
    agents: dict[int, str] = {}
    for row in book.execute(
        "SELECT p.account_id, p.currency, p.id, p.made_on, p.due_on, p.amount_minor, p.contact_id, w.withdrawn_on,"
        " p.change_id, c.agent FROM promise p JOIN change c ON c.id = p.change_id"
        f" LEFT JOIN promise_withdrawal w ON w.promise_id = p.id WHERE p.account_id IN ({wanted})"
        f" AND {_STANDS} ORDER BY p.id"
    ):
        found[row[0], row[1]].append(_promise(row[2:9], frozenset(items[row[2]])))
        agents[row[2]] = row[9]
    return found, agents


def _promise(row: Sequence[Any], items: frozenset[int]) -> "Promise":
    from collect.promises import Promise

    promise_id, made_on, due_on, amount, contact_id, withdrawn_on, change_id = row
    return Promise(
        promise_id,
        date.fromisoformat(made_on),
        date.fromisoformat(due_on),
        amount,
        contact_id,
        items,
        date.fromisoformat(withdrawn_on) if withdrawn_on else None,
        change_id,
    )
