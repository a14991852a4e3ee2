"""Recompute what the book keeps for speed from the postings themselves, and compare."""

from typing import NamedTuple

from collect.book import Book
from collect.money import Money
from collect.store import lastcontacts


class Finding(NamedTuple):
    """One check: what was checked, how many rows disagree, and where the first of them is."""

    check: str
    wrong: int
    first: str

    @property
    def ok(self) -> bool:
        """Whether nothing disagrees."""
        return self.wrong == 0


def all_findings(book: Book) -> list[Finding]:
    """Run every check."""
    return [
        _integrity(book),
        _foreign_keys(book),
        _open_amounts(book, "item"),
        _open_amounts(book, "credit"),
        _owing(book),
        _pairs(book),
        _control_totals(book),
        _clock(book),
        _receipt_numbers(book),
        _last_contacts(book),
    ]


def _integrity(book: Book) -> Finding:
    lines = [row[0] for row in book.execute("PRAGMA integrity_check")]
    wrong = [line for line in lines if line != "ok"]
    return Finding("the file is sound", len(wrong), wrong[0] if wrong else "")


def _foreign_keys(book: Book) -> Finding:
    rows = book.execute("PRAGMA foreign_key_check").fetchall()
    return Finding("every row points to one that exists", len(rows), f"{rows[0][0]} {rows[0][1]}" if rows else "")


def _open_amounts(book: Book, table: str) -> Finding:
    rows = book.execute(
        f"SELECT a.number || ' ' || t.number, t.currency, t.open_minor, COALESCE(p.amount, 0) FROM {table} t"
        " JOIN account a ON a.id = t.account_id"
        f" LEFT JOIN (SELECT {table}_id AS id, SUM(amount_minor) AS amount FROM posting WHERE {table}_id IS NOT NULL"
        f" GROUP BY {table}_id) p ON p.id = t.id WHERE t.open_minor <> COALESCE(p.amount, 0) ORDER BY t.id"
    ).fetchall()
    first = ""
    if rows:
        name, currency, kept, posted = rows[0]
        first = f"{name}: kept {Money(kept, currency)}, postings {Money(posted, currency)}"
    return Finding(f"what is open on each {table} is the sum of its postings", len(rows), first)


def _owing(book: Book) -> Finding:
    summed = (
        "SELECT account_id, currency, SUM(open_minor), MIN(due_on) FROM item WHERE open_minor <> 0"
        " GROUP BY account_id, currency"
    )
    kept = "SELECT account_id, currency, open_minor, oldest_due_on FROM owing"
    rows = book.execute(
        "SELECT a.number FROM account a WHERE a.id IN (SELECT account_id FROM"
        f" (SELECT * FROM ({summed} EXCEPT {kept}) UNION ALL SELECT * FROM ({kept} EXCEPT {summed}))) ORDER BY a.number"
    ).fetchall()
    return Finding("what each account owes is the sum of its items", len(rows), rows[0][0] if rows else "")


def _pairs(book: Book) -> Finding:
    rows = book.execute(
        "SELECT pair_id FROM posting WHERE pair_id IS NOT NULL GROUP BY pair_id HAVING SUM(amount_minor) <> 0"
    ).fetchall()
    return Finding("every allocation takes as much as it gives", len(rows), f"pair {rows[0][0]}" if rows else "")


def _control_totals(book: Book) -> Finding:
    summed = dict(book.execute("SELECT currency, SUM(amount_minor) FROM posting GROUP BY currency"))
    carried = dict(
        book.execute(
            "SELECT c.currency, c.total_minor FROM control_total c WHERE c.change_id ="
            " (SELECT MAX(l.change_id) FROM control_total l WHERE l.currency = c.currency)"
        )
    )
    wrong = sorted(code for code in summed.keys() | carried.keys() if summed.get(code, 0) != carried.get(code, 0))
    first = ""
    if wrong:
        code = wrong[0]
        first = f"carried {Money(carried.get(code, 0), code)}, postings {Money(summed.get(code, 0), code)}"
    return Finding("the control totals are the sum of the postings", len(wrong), first)


def _clock(book: Book) -> Finding:
    rows = book.execute(
        "SELECT b.id FROM change a JOIN change b ON b.id = a.id + 1 WHERE b.recorded_at < a.recorded_at ORDER BY b.id"
    ).fetchall()
    return Finding("the record never runs backwards", len(rows), f"change {rows[0][0]}" if rows else "")


def _receipt_numbers(book: Book) -> Finding:
    rows = book.execute(
        "SELECT series, MAX(no) - COUNT(*), MAX(no) FROM receipt GROUP BY series"
        " HAVING MAX(no) <> COUNT(*) ORDER BY series"
    ).fetchall()
    first = f"series {rows[0][0]}: {rows[0][1]} missing up to {rows[0][2]}" if rows else ""
    return Finding("receipt numbers have no gaps", len(rows), first)


def _last_contacts(book: Book) -> Finding:
    wrong = lastcontacts.differing(book)
    return Finding("each account's last contact is that of the record", len(wrong), wrong[0] if wrong else "")
