"""Items and credits: open them, list them, see one account's."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from collect import allocation
from collect.book import Book
from collect.errors import NotFound, Refused
from collect.money import Money
from collect.records import Account, Credit, Item
from collect.store import postings
from collect.store.postings import AsOf, Posting

_ITEM = (
    "i.id, i.account_id, i.number, i.component, i.currency, i.document_on, {due}, i.disputed, {open},"
    " COALESCE((SELECT SUM(p.amount_minor) FROM posting p WHERE p.account_id = i.account_id AND p.item_id = i.id"
    " AND p.kind = 'invoice'), 0), i.listed_minor, i.due_from"
)
_CREDIT = (
    "c.id, c.account_id, c.kind, c.number, c.currency, c.document_on, {open},"
    " COALESCE((SELECT SUM(p.amount_minor) FROM posting p WHERE p.account_id = c.account_id AND p.credit_id = c.id"
    " AND p.kind = c.kind), 0)"
)


def open_of(book: Book, account: Account, as_of: AsOf) -> list[Item]:
    """Open items of an account as of a day, oldest due first."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT {_ITEM.format(due='o.due_on', open='o.open_minor')}"
        " FROM open_item o JOIN item i ON i.id = o.id WHERE o.account_id = :account"
        " ORDER BY o.due_on, i.number, i.component, i.id",
        {**parameters, "account": account.id},
    )
    return [_item(row) for row in rows]


def all_open(book: Book, as_of: AsOf) -> list[Item]:
    """All open items as of a day, the longest overdue first."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT {_ITEM.format(due='o.due_on', open='o.open_minor')}"
        " FROM open_item o JOIN item i ON i.id = o.id ORDER BY o.due_on, i.account_id, i.number, i.component, i.id",
        parameters,
    )
    return [_item(row) for row in rows]


def owed_by_account(book: Book, as_of: AsOf) -> list[tuple[Any, ...]]:
    """Return (number, name, agent, territory, phone, currency, overdue, balance) of every account, by number."""
    with_open, parameters = postings.open_on(book, as_of)
    return book.execute(
        f"{with_open}, line AS (SELECT account_id, currency, open_minor,"
        " CASE WHEN due_on < :today THEN open_minor ELSE 0 END AS overdue FROM open_item"
        " UNION ALL SELECT account_id, currency, open_minor, 0 FROM open_credit),"
        " owed AS (SELECT account_id, currency, SUM(overdue) AS overdue, SUM(open_minor) AS balance"
        " FROM line GROUP BY 1, 2)"
        " SELECT a.number, a.name, a.agent, a.territory, a.phone, COALESCE(o.currency, :currency),"
        " COALESCE(o.overdue, 0), COALESCE(o.balance, 0) FROM account a LEFT JOIN owed o ON o.account_id = a.id"
        " ORDER BY a.number, o.currency",
        {**parameters, "today": as_of.day.isoformat(), "currency": book.currency},
    ).fetchall()


def open_credits(book: Book, as_of: AsOf, account: Account | None = None) -> list[Credit]:
    """Credits, of an account or of all, that are not wholly applied as of a day, oldest first."""
    with_open, parameters = postings.open_on(book, as_of)
    only = "WHERE o.account_id = :account" if account else ""
    rows = book.execute(
        f"{with_open} SELECT {_CREDIT.format(open='o.open_minor')}"
        f" FROM open_credit o JOIN credit c ON c.id = o.id {only} ORDER BY c.document_on, c.account_id, c.id",
        {**parameters, "account": account.id if account else None},
    )
    return [_credit(row) for row in rows]


def begun_of(book: Book, account: Account, as_of: AsOf) -> list[Item]:
    """Every item of an account that something was posted on by the end of a day, as it is now, oldest due first."""
    rows = book.execute(
        f"SELECT {_ITEM.format(due='i.due_on', open='i.open_minor')} FROM item i WHERE i.account_id = :account"
        " AND i.id IN (SELECT p.item_id FROM posting p WHERE p.account_id = :account AND p.effective_on <= :day)"
        " ORDER BY i.due_on, i.number, i.component, i.id",
        {"account": account.id, "day": as_of.day.isoformat()},
    )
    return [_item(row) for row in rows]


def credits_begun(book: Book, account: Account, as_of: AsOf) -> list[Credit]:
    """Every credit of an account that something was posted on by the end of a day, as it is now, oldest first."""
    rows = book.execute(
        f"SELECT {_CREDIT.format(open='c.open_minor')} FROM credit c WHERE c.account_id = :account"
        " AND c.id IN (SELECT p.credit_id FROM posting p WHERE p.account_id = :account AND p.effective_on <= :day)"
        " ORDER BY c.document_on, c.id",
        {"account": account.id, "day": as_of.day.isoformat()},
    )
    return [_credit(row) for row in rows]


def numbered(book: Book, number: str, account: Account | None = None) -> list[Item]:
    """Items with exactly this document number, open or not, oldest due first; NotFound where there is none."""
    rows = book.execute(
        f"SELECT {_ITEM.format(due='i.due_on', open='i.open_minor')} FROM item i WHERE i.number = :number"
        + (" AND i.account_id = :account" if account else "")
        + " ORDER BY i.account_id, i.due_on, i.component, i.id",
        {"number": number, "account": account.id if account else 0},
    )
    found = [_item(row) for row in rows]
    if not found:
        whose = f" on account {account.number}" if account else ""
        raise NotFound(f"no such item{whose}: {number}", "see 'collect item list'")
    return found


def postings_of(book: Book, item: Item) -> list[tuple[Any, ...]]:
    """Return (effective_on, kind, amount_minor, recorded_at, agent, why) of an item's postings, in order."""
    return book.execute(
        "SELECT p.effective_on, p.kind, p.amount_minor, c.recorded_at, c.agent, c.why FROM posting p"
        " JOIN change c ON c.id = p.change_id WHERE p.account_id = ? AND p.item_id = ? ORDER BY p.effective_on, p.id",
        (item.account_id, item.id),
    ).fetchall()


def exists(book: Book, item: Item) -> bool:
    """Whether the account has an item of that number, component and stated due date already."""
    stated = "" if item.due_from else item.due_on.isoformat()
    row = book.execute(
        "SELECT 1 FROM item WHERE account_id = ? AND number = ? AND component = ? AND due_stated = ? AND line = ''"
        " AND currency = ?",
        (item.account_id, item.number, item.component, stated, item.currency),
    ).fetchone()
    return row is not None


def credit_exists(book: Book, credit: Credit) -> bool:
    """Whether the account has a credit of that kind, number and currency already."""
    row = book.execute(
        "SELECT 1 FROM credit WHERE account_id = ? AND number = ? AND kind = ? AND currency = ? LIMIT 1",
        (credit.account_id, credit.number, credit.kind, credit.currency),
    ).fetchone()
    return row is not None


def due_date(book: Book, account: Account, document_on: date, stated: date | None) -> tuple[date, str]:
    """Return a due date and where it comes from: stated (''), else by the account's or the book's credit days."""
    if stated is not None:
        return stated, ""
    days = account.credit_days if account.credit_days is not None else int(book.setting("account.credit_days"))
    return document_on + timedelta(days=days), "credit days" if days else "document"


def add(book: Book, item: Item, effective_on: date) -> int:
    """Open an item for its `amount_minor`, effective on a day; returns its id."""
    document_on = item.document_on.isoformat() if item.document_on else ""
    due_on = item.due_on.isoformat()
    cursor = book.execute(
        "INSERT INTO item (account_id, number, component, due_stated, currency, document_on, due_first, due_on,"
        " disputed, due_from, open_minor, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            item.account_id,
            item.number,
            item.component,
            "" if item.due_from else due_on,
            item.currency,
            document_on,
            due_on,
            due_on,
            int(item.disputed),
            item.due_from,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    day = effective_on.isoformat()
    invoice = Posting(item.account_id, cursor.lastrowid, None, "invoice", item.currency, item.amount_minor, day)
    postings.add(book, [invoice])
    return cursor.lastrowid


def add_credit(book: Book, credit: Credit) -> Credit:
    """Open a credit for its `amount_minor` (negative), effective on its own date; returns it with its id."""
    day = credit.document_on.isoformat()
    cursor = book.execute(
        "INSERT INTO credit (account_id, kind, number, line, currency, document_on, open_minor, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            credit.account_id,
            credit.kind,
            credit.number,
            "" if credit.number else f"c{book.writing.id}",
            credit.currency,
            day,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    row = Posting(credit.account_id, None, cursor.lastrowid, credit.kind, credit.currency, credit.amount_minor, day)
    postings.add(book, [row])
    return Credit(
        cursor.lastrowid,
        credit.account_id,
        credit.kind,
        credit.number,
        credit.currency,
        credit.document_on,
        credit.open_minor,
        credit.amount_minor,
    )


def apply(book: Book, credit: Credit, item_id: int, amount_minor: int) -> date:
    """Move part of a credit to an item, from the first day on which neither is overdrawn; returns that day.

    Refused where there is no such day.
    """
    day = allocation.first_day_not_overdrawn(
        amount_minor,
        movements(book, credit.account_id, item_id=item_id),
        movements(book, credit.account_id, credit_id=credit.id),
    )
    if day is None:
        raise Refused(f"not that much is left: {Money(amount_minor, credit.currency)}", "see 'collect show ACCOUNT'")
    postings.allocate(book, credit, item_id, amount_minor, day.isoformat())
    return day


def reduce(book: Book, whose: tuple[int, int], kind: str, money: Money, on: date) -> None:
    """Take an amount off an item (account id, item id) without money: a write-off, a waiver.

    It takes effect `on`, or on the first day after it from which the item is not overdrawn.
    """
    account_id, item_id = whose
    own = movements(book, account_id, item_id=item_id)
    day = allocation.first_day_not_overdrawn(money.minor, own, [(on, -money.minor)])
    if day is None:
        raise Refused(f"not that much is open: {money}", "see 'collect item show NUMBER'")
    row = Posting(account_id, item_id, None, kind, money.currency, -money.minor, day.isoformat())
    postings.add(book, [row])


def movements(book: Book, account_id: int, *, item_id: int = 0, credit_id: int = 0) -> list[tuple[date, int]]:
    """Return (day, amount_minor) of every posting of an item or of a credit, by day."""
    column, key = ("item_id", item_id) if item_id else ("credit_id", credit_id)
    rows = book.execute(
        f"SELECT effective_on, SUM(amount_minor) FROM posting WHERE account_id = ? AND {column} = ?"
        " GROUP BY effective_on ORDER BY effective_on",
        (account_id, key),
    )
    return [(date.fromisoformat(day), amount) for day, amount in rows]


def balances(book: Book, accounts: Iterable[int], as_of: AsOf) -> dict[tuple[int, str], int]:
    """Balance per account and currency as of a day: open items plus unapplied credits."""
    with_open, parameters = postings.open_on(book, as_of)
    wanted = ",".join(str(int(account)) for account in accounts)
    rows = book.execute(
        f"{with_open} SELECT account_id, currency, SUM(open_minor) FROM"
        f" (SELECT account_id, currency, open_minor FROM open_item WHERE account_id IN ({wanted})"
        f" UNION ALL SELECT account_id, currency, open_minor FROM open_credit WHERE account_id IN ({wanted}))"
        " GROUP BY account_id, currency ORDER BY account_id, currency",
        parameters,
    )
    return {(account, currency): amount for account, currency, amount in rows}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _item(row: tuple[Any, ...]) -> Item:
    item_id, account_id, number, component, currency, document_on, due_on, disputed, left, amount, listed, due_from = (
        row
    )
    return Item(
        item_id,
        account_id,
        number,
        component,
        currency,
        _day(document_on),
        date.fromisoformat(due_on),
        bool(disputed),
        left,
        amount,
        listed,
        due_from,
    )


def _credit(row: tuple[Any, ...]) -> Credit:
    credit_id, account_id, kind, number, currency, document_on, left, amount = row
    return Credit(credit_id, account_id, kind, number, currency, date.fromisoformat(document_on), left, amount)
