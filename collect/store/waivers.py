"""What a settlement waives: posted with the change that brings its last agreed payment, taken back when that is undone.

There is no nightly job: `Book.change` asks here, before it commits, whether what was posted settles anything.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from collect.book import Book, Change

if TYPE_CHECKING:
    from collect.store.plans import Kept


def after_change(book: Book, change: Change) -> None:
    """Post what settlements of the accounts posted on waive now; costs one look-up where there are none."""
    rows = book.execute(
        "SELECT DISTINCT l.account_id FROM plan l WHERE l.kind = 'settlement'"
        " AND l.account_id IN (SELECT p.account_id FROM posting p WHERE p.id > ?)",
        (change.before,),
    ).fetchall()
    for (account_id,) in rows:
        after_payment(book, account_id)


def after_payment(book: Book, account_id: int) -> None:
    """Post, or take back, what the account's settlements waive now; does nothing where that is so already."""
    from collect.settlements import waiver_minor
    from collect.store import plans, postings

    postings.settle(book, book.writing)
    for one in plans.kept(book, book.today, [account_id]):
        if one.plan.kind != "settlement" or one.standing.state in {"superseded", "cancelled"}:
            continue
        minor = waiver_minor(one.standing, one.posted_minor)
        if minor > 0:
            _post(book, one, minor)
        elif minor < 0 and one.standing.state != "completed":
            _take_back(book, one)
        postings.settle(book, book.writing)


def _post(book: Book, one: "Kept", minor: int) -> None:
    """Waive what is left of the plan's items, the oldest due first, from the day the last payment was in."""
    from collect.money import Money
    from collect.store import items

    day = _turned(book, one, completed=True)
    rows = book.execute(
        "SELECT t.id, t.open_minor FROM plan_item i JOIN item t ON t.id = i.item_id WHERE i.plan_id = ?"
        " AND t.open_minor > 0 ORDER BY t.due_on, t.id",
        (one.plan.id,),
    ).fetchall()
    for item_id, open_minor in rows:
        part = min(minor, open_minor)
        if part > 0:
            items.reduce(book, (one.plan.account_id, item_id), "waiver", Money(part, one.plan.currency), day)
            _link(book, one)
            minor -= part


def _take_back(book: Book, one: "Kept") -> None:
    """Reverse the waiver: on its own day where the payment never came, else on the day the money went back."""
    from collect.store import postings
    from collect.store.postings import Posting

    gone = _turned(book, one, completed=False).isoformat()
    rows: list[tuple[Any, ...]] = book.execute(
        "SELECT p.item_id, -p.amount_minor, p.effective_on, p.id FROM plan_waiver w JOIN posting p"
        " ON p.id = w.posting_id WHERE w.plan_id = ? AND p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM"
        " plan_waiver x JOIN posting r ON r.id = x.posting_id WHERE x.plan_id = w.plan_id AND r.reverses_id = p.id)",
        (one.plan.id,),
    ).fetchall()
    for item_id, minor, effective_on, posting_id in rows:
        day = max(effective_on, gone)
        row = Posting(one.plan.account_id, item_id, None, "waiver", one.plan.currency, minor, day, None, posting_id)
        postings.add(book, [row])
        _link(book, one)


def _turned(book: Book, one: "Kept", *, completed: bool) -> date:
    """The day since when the settlement is completed, or is no longer, without a break up to today."""
    from collect.store import plans

    assert one.plan.agreed_on is not None
    assert one.plan.id is not None
    rows = book.execute(
        "SELECT DISTINCT p.effective_on FROM posting p WHERE p.account_id = ? AND p.effective_on BETWEEN ? AND ?"
        " UNION SELECT c.document_on FROM credit c WHERE c.account_id = ? AND c.document_on BETWEEN ? AND ?"
        " ORDER BY 1 DESC",
        (one.plan.account_id, one.plan.agreed_on.isoformat(), book.today.isoformat()) * 2,
    ).fetchall()
    found = book.today
    for day in [date.fromisoformat(text) for (text,) in rows]:
        [then] = plans.kept(book, day, ids=[one.plan.id])
        if (then.standing.state == "completed") is not completed:
            break
        found = day
    return max(found, one.plan.approved_on or found)


def _link(book: Book, one: "Kept") -> None:
    """Say that the last posting is the plan's."""
    book.execute("INSERT INTO plan_waiver (posting_id, plan_id) SELECT MAX(id), ? FROM posting", (one.plan.id,))
