"""Payments in the ledger of postings: take one, move what it paid, take it back; always by new postings."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from collect import allocation, money, receipts
from collect.allocation import OpenItem, PlanDue
from collect.book import Book
from collect.errors import NotFound
from collect.money import Money
from collect.receipts import Asked, Proposal, Receipt, Terms
from collect.records import Account, Credit
from collect.store import items, postings
from collect.store import receipts as kept
from collect.store.postings import AsOf, Posting
from collect.store.receipts import Applied

if TYPE_CHECKING:
    from collect.cashlimit import Before


def terms(book: Book, account: Account, currency: str) -> Terms:
    """How this account's payments are allocated, from the settings."""
    return receipts.terms_of(
        book.setting("payment.order"),
        book.setting("payment.orders"),
        account.territory,
        money.typed(book.setting("payment.small_difference"), currency),
    )


def targets(book: Book, account: Account, currency: str, also: Iterable[int] = ()) -> list[OpenItem]:
    """Items of an account that a payment in that currency can go to, and those of the ids `also`; any day's."""
    wanted = ",".join(str(int(item_id)) for item_id in also)
    rows = book.execute(
        "SELECT id, number, due_on, open_minor, component, CASE disputed WHEN 1 THEN open_minor ELSE 0 END FROM item"
        f" WHERE account_id = ? AND currency = ? AND (open_minor > 0 OR id IN ({wanted})) ORDER BY due_on, id",
        (account.id, currency),
    )
    found = [
        OpenItem(item_id, number, date.fromisoformat(due_on), left, component, disputed)
        for item_id, number, due_on, left, component, disputed in rows
    ]
    if not book.execute("SELECT 1 FROM dispute WHERE account_id = ? LIMIT 1", (account.id,)).fetchone():
        return found
    from collect.store import disputes

    disputed = disputes.disputed_minor(book, AsOf(book.today), account.id)
    return [item._replace(disputed_minor=disputed.get(item.id, 0)) for item in found]


def plan_dues(book: Book, account: Account) -> list[PlanDue]:
    """Unpaid instalments of the account's plans, which are paid before all but what the payer names."""
    if not book.execute("SELECT 1 FROM plan WHERE account_id = ? LIMIT 1", (account.id,)).fetchone():
        return []
    from collect.store import plans

    return plans.dues(book, account.id, book.today)


def settled_like(book: Book, account: Account, asked: Asked) -> str:
    """The day a list settled exactly this money, deductions too, on or after the day it came; '' if none did."""
    minor = asked.amount_minor + sum(line.amount_minor for line in asked.deductions)
    row = book.execute(
        "SELECT MAX(effective_on) FROM posting WHERE account_id = ? AND effective_on >= ? AND currency = ?"
        " AND kind = 'settled in the ledger' GROUP BY change_id HAVING SUM(amount_minor) = ? LIMIT 1",
        (account.id, asked.received_on.isoformat(), asked.currency, -minor),
    ).fetchone()
    return row[0] if row else ""


def take(book: Book, account: Account, proposal: Proposal) -> Receipt:
    """Write a payment as proposed, under the next number of the series; returns its receipt."""
    asked = proposal.asked
    series = book.setting("receipt.series")
    no: int = book.execute("SELECT COALESCE(MAX(no), 0) + 1 FROM receipt WHERE series = ?", (series,)).fetchone()[0]
    number = receipts.numbered(series, no)
    minor = -asked.amount_minor
    credit = items.add_credit(
        book, Credit(0, account.id, "receipt", number, asked.currency, asked.received_on, minor, minor)
    )
    receipt_id = _insert(book, account, credit, (series, no), proposal)
    for part in proposal.parts:
        if part.money_minor:
            items.apply(book, credit, part.item.id, part.money_minor)
        shares = [*part.deducted, part.closed_minor]
        for line, (own, share) in enumerate(zip(proposal.lines[1:], shares, strict=False), start=2):
            if share:
                _deduct(book, account, part.item.id, own.kind, Money(share, asked.currency), asked.received_on)
                _link(book, receipt_id, line)
    return kept.get(book, number)._replace(open_minor=-proposal.unapplied_minor)


def cash_before(book: Book, account: Account, proposal: Proposal) -> "Before":
    """Cash taken before from the same person: that day, and for the items this payment goes to; none reversed."""
    same_day: int = book.execute(
        "SELECT COALESCE(SUM(r.amount_minor), 0) FROM receipt r JOIN account a ON a.id = r.account_id"
        " JOIN account own ON own.id = :account AND (a.id = own.id OR (a.party <> '' AND a.party = own.party))"
        " WHERE r.mode = 'cash' AND r.received_on = :day AND r.currency = :currency AND NOT EXISTS"
        " (SELECT 1 FROM receipt_event e WHERE e.receipt_id = r.id AND e.kind = 'reversed')",
        {
            "account": account.id,
            "day": proposal.asked.received_on.isoformat(),
            "currency": proposal.asked.currency,
        },
    ).fetchone()[0]
    wanted = ",".join(str(part.item.id) for part in proposal.parts)
    rows = book.execute(
        "SELECT i.number, i.due_on, SUM(c.amount_minor) FROM posting p JOIN item i ON i.id = p.item_id"
        " JOIN posting c ON c.account_id = p.account_id AND c.effective_on = p.effective_on AND c.pair_id = p.pair_id"
        " AND c.credit_id IS NOT NULL JOIN receipt r ON r.credit_id = c.credit_id AND r.mode = 'cash'"
        f" WHERE p.account_id = ? AND p.item_id IN ({wanted}) GROUP BY i.id HAVING SUM(c.amount_minor) > 0",
        (account.id,),
    )
    from collect.cashlimit import Before

    return Before(same_day, tuple(rows))


def credit_named(book: Book, number: str, account: Account | None = None) -> Credit:
    """The money or credit note of that number: a receipt's, else the one credit called so.

    NotFound where there is none, or several accounts have one and none is named.
    """
    with suppress(NotFound):
        receipt = kept.get(book, number)
        if account is None or account.id == receipt.account_id:
            return Credit(
                receipt.credit_id, receipt.account_id, "receipt", receipt.number, receipt.currency,
                receipt.received_on, receipt.open_minor, -receipt.amount_minor,
            )  # fmt: skip
    rows = book.execute(
        "SELECT id, account_id, kind, number, currency, document_on, open_minor, open_minor FROM credit"
        " WHERE number = :number AND (:account IS NULL OR account_id = :account) ORDER BY id LIMIT 2",
        {"number": number, "account": account.id if account else None},
    ).fetchall()
    if len(rows) != 1:
        problem = "more than one credit" if rows else "no such receipt or credit"
        raise NotFound(
            f"{problem}: {number}", "name its account with --account" if rows else "see 'collect show ACCOUNT'"
        )
    *head, document_on, left, amount = rows[0]
    return Credit._make((*head, date.fromisoformat(document_on), left, amount))


def reverse(book: Book, receipt: Receipt, reason: str, bounced_on: date | None) -> None:
    """Take a receipt back: each of its postings by one that reverses it, on the day the reason calls for.

    Money that never came (a mistake) is undone on the original days, a bounce not before its own day.
    """
    account, currency = receipt.account_id, receipt.currency
    for pair in kept.applied(book, account, receipt.credit_id):
        undo(book, receipt.account_id, receipt.credit_id, currency, pair, bounced_on)
    back = [
        Posting(
            account, one.item_id, None, one.kind, currency, one.amount_minor,
            allocation.undone_on(one.effective_on, bounced_on).isoformat(), None, one.posting_id,
        )
        for one in kept.deducted(book, receipt)
    ]  # fmt: skip
    own: int = book.execute(
        "SELECT id FROM posting WHERE account_id = ? AND credit_id = ? AND kind = 'receipt'",
        (account, receipt.credit_id),
    ).fetchone()[0]
    day = allocation.undone_on(receipt.received_on, bounced_on).isoformat()
    kind = "bounce" if bounced_on else "reversal"
    back.append(Posting(account, None, receipt.credit_id, kind, currency, receipt.amount_minor, day, None, own))
    postings.add(book, back)
    kept.note(book, receipt, "reversed", bounced_on or book.today, reason=reason)


def undo(
    book: Book, account_id: int, credit_id: int, currency: str, pair: Applied, bounced_on: date | None = None
) -> None:
    """Take an allocation back by a pair that reverses it; on its own day unless the money bounced later."""
    day = allocation.undone_on(pair.effective_on, bounced_on).isoformat()
    pair_id: int = book.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM posting").fetchone()[0]
    minor = pair.amount_minor
    postings.add(
        book,
        [
            Posting(account_id, pair.item_id, None, "allocation", currency, minor, day, pair_id, pair.item_posting_id),
            Posting(
                account_id, None, credit_id, "allocation", currency, -minor, day, pair_id, pair.credit_posting_id
            ),
        ],
    )  # fmt: skip


def spread(
    book: Book, account: Account, credit: Credit, standing: Sequence[Applied], named: Sequence[str]
) -> allocation.Allocation:
    """Where all of a credit would go now: to what is named, then oldest due first; what it pays already is free."""
    freed: dict[int, int] = {}
    for pair in standing:
        freed[pair.item_id] = freed.get(pair.item_id, 0) + pair.amount_minor
    own = terms(book, account, credit.currency)
    free = [
        item._replace(open_minor=item.open_minor + freed.get(item.id, 0))
        for item in targets(book, account, credit.currency, also=freed)
    ]
    return allocation.allocate(
        sum(freed.values()) - credit.open_minor,
        free,
        named=named,
        instalments=plan_dues(book, account),
        order=own.order,
        direction=own.direction,
        today=book.today,
    )


def rearrange(book: Book, credit: Credit, standing: Sequence[Applied], wanted: Mapping[int, int]) -> None:
    """Let a credit pay `wanted` (minor units by item) in place of what it pays now; what stays is not touched."""
    now: dict[int, int] = {}
    for pair in standing:
        now[pair.item_id] = now.get(pair.item_id, 0) + pair.amount_minor
    for pair in standing:
        if wanted.get(pair.item_id, 0) != now[pair.item_id]:
            undo(book, credit.account_id, credit.id, credit.currency, pair)
    for item_id, minor in wanted.items():
        if minor and minor != now.get(item_id, 0):
            items.apply(book, credit, item_id, minor)


def _insert(book: Book, account: Account, credit: Credit, number: tuple[str, int], proposal: Proposal) -> int:
    asked = proposal.asked
    cursor = book.execute(
        "INSERT INTO receipt (series, no, account_id, credit_id, currency, amount_minor, mode, reference,"
        " reference_key, payer, received_on, agent, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *number,
            account.id,
            credit.id,
            asked.currency,
            asked.amount_minor,
            asked.mode,
            asked.reference,
            receipts.key(asked.reference),
            asked.payer,
            asked.received_on.isoformat(),
            book.agent,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    receipt_id = cursor.lastrowid
    book.executemany(
        "INSERT INTO receipt_line (receipt_id, line, kind, amount_minor, reason) VALUES (?, ?, ?, ?, ?)",
        [(receipt_id, at, *line) for at, line in enumerate(proposal.lines, start=1)],
    )
    return receipt_id


def _deduct(book: Book, account: Account, item_id: int, kind: str, amount: Money, on: date) -> None:
    items.reduce(book, (account.id, item_id), kind, amount, on)


def _link(book: Book, receipt_id: int, line: int) -> None:
    """Say that the last posting belongs to a line of the receipt."""
    book.execute(
        "INSERT INTO receipt_posting (posting_id, receipt_id, line) SELECT MAX(id), ?, ? FROM posting",
        (receipt_id, line),
    )
