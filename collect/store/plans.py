"""Plans and settlements: agree, approve, cancel, and see how each stands, worked out from what is posted."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from collect import planledger, planqueue, progress
from collect.allocation import PlanDue
from collect.book import Book
from collect.instalments import Instalment, Interest
from collect.money import Money
from collect.planledger import Dispute, Line
from collect.planqueue import Place
from collect.plans import Plan
from collect.progress import Standing
from collect.records import Item
from collect.schedule import Every
from collect.store import items

LIVE = frozenset(("waiting for approval", "active", "late", "broken"))
"""States in which a plan holds its items: another plan over them has to replace it."""

_PLAN = (
    "SELECT l.id, l.account_id, l.currency, l.debt_minor, l.kind, l.waived_minor, l.agreed_on, l.needs_approval,"
    " l.replaces_id, l.change_id, l.interest_kind, l.interest_rate, l.day_count, l.every, l.grace_days,"
    " l.requested_by, a.approved_on, a.approved_by, c.cancelled_on,"
    " (SELECT MIN(CASE s.needs_approval WHEN 1 THEN t.approved_on ELSE s.agreed_on END) FROM plan s"
    " LEFT JOIN plan_approval t ON t.plan_id = s.id WHERE s.replaces_id = l.id),"
    " (SELECT -COALESCE(SUM(p.amount_minor), 0) FROM plan_waiver w JOIN posting p ON p.id = w.posting_id"
    " WHERE w.plan_id = l.id)"
    " FROM plan l LEFT JOIN plan_approval a ON a.plan_id = l.id LEFT JOIN plan_cancellation c ON c.plan_id = l.id"
)
_LINES = (
    "SELECT l.id, p.id, p.item_id, p.kind, p.amount_minor, p.effective_on, p.change_id, p.reverses_id, c.kind,"
    " c.document_on, CASE WHEN p.reverses_id IS NOT NULL THEN (SELECT MIN(b.effective_on) FROM posting b"
    " WHERE b.account_id = p.account_id AND b.change_id = p.change_id AND b.kind = 'bounce'"
    " AND b.credit_id = COALESCE(q.credit_id, b.credit_id)) END"
    " FROM plan l JOIN plan_item i ON i.plan_id = l.id"
    " JOIN posting p ON p.account_id = l.account_id AND p.item_id = i.item_id"
    " LEFT JOIN posting q ON q.account_id = p.account_id AND q.effective_on = p.effective_on"
    " AND q.pair_id = p.pair_id AND q.credit_id IS NOT NULL LEFT JOIN credit c ON c.id = q.credit_id"
)

_DISPUTES = (
    "SELECT l.id, d.opened_on, d.change_id, i.amount_minor, e.ended_on FROM plan l JOIN dispute d"
    " ON d.account_id = l.account_id AND d.currency = l.currency LEFT JOIN dispute_item i ON i.dispute_id = d.id"
    " LEFT JOIN dispute_end e ON e.dispute_id = d.id WHERE (i.item_id IS NULL OR i.item_id IN"
    " (SELECT p.item_id FROM plan_item p WHERE p.plan_id = l.id))"
)


class Kept(NamedTuple):
    """A plan with how it stands on the day asked for; `posted_minor` is what it has waived so far."""

    standing: Standing
    every: Every
    grace_days: int
    requested_by: str
    approved_by: str
    posted_minor: int

    @property
    def plan(self) -> Plan:
        """What was agreed."""
        return self.standing.plan

    @property
    def number(self) -> str:
        """What people call it: P7."""
        return f"P{self.plan.id}"


class _Rows(NamedTuple):
    """What stands beside the plans, by plan id."""

    instalments: dict[int, list[Instalment]]
    item_ids: dict[int, set[int]]
    marked: dict[int, list[int]]
    disputes: dict[int, list[Dispute]]
    lines: dict[int, list[Line]]


def kept(
    book: Book, day: date, accounts: Collection[int] | None = None, *, ids: Collection[int] | None = None
) -> list[Kept]:
    """Plans agreed by that day, of those accounts or ids or of all, in the order they were agreed."""
    chosen = [f"l.agreed_on <= '{day.isoformat()}'"]
    for column, wanted in (("l.account_id", accounts), ("l.id", ids)):
        if wanted is not None:
            chosen.append(f"{column} IN ({','.join(str(int(one)) for one in wanted)})")
    where = " AND ".join(chosen)
    rows = book.execute(f"{_PLAN} WHERE {where} ORDER BY l.id").fetchall()
    beside = _beside(book, where) if rows else _Rows({}, {}, {}, {}, {})
    return [_standing(row, beside, day) for row in rows]


def places(book: Book, day: date, accounts: Collection[int] | None = None) -> dict[int, Place]:
    """What their plans mean for the day's work, by account; accounts without a plan that matters are left out.

    Costs one look-up where nobody has a plan; else it grows with the plans, not with the items.
    """
    standings: dict[int, list[tuple[str, Standing]]] = {}
    for one in kept(book, day, accounts):
        standings.setdefault(one.plan.account_id, []).append((one.number, one.standing))
    overdue: dict[int, set[int]] = {}
    for account_id, item_id in book.execute(
        f"SELECT account_id, id FROM item WHERE account_id IN ({','.join(map(str, standings))})"
        " AND open_minor > 0 AND due_on < ?",
        (day.isoformat(),),
    ):
        overdue.setdefault(account_id, set()).add(item_id)
    found = {one: planqueue.place(plans, overdue.get(one, ()), day) for one, plans in standings.items()}
    return {account_id: place for account_id, place in found.items() if place is not None}


def dues(book: Book, account_id: int, as_of: date) -> list[PlanDue]:
    """Unpaid instalments of the account's plans that hold: what `allocation.allocate` pays first."""
    return [due for one in kept(book, as_of, [account_id]) for due in one.standing.dues]


def add(book: Book, plan: Plan, covered: Iterable[Item], every: Every, grace_days: int) -> int:
    """Agree on a plan today for those items; returns its id.

    Interest becomes an item of its own, due with the last instalment; that of the plan it replaces is taken back.
    """
    if plan.replaces is not None:
        drop_interest(book, plan.replaces)
    interest = plan.interest
    cursor = book.execute(
        "INSERT INTO plan (account_id, kind, currency, debt_minor, waived_minor, agreed_on, every, interest_kind,"
        " interest_rate, day_count, needs_approval, grace_days, replaces_id, requested_by, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(plan.account_id, plan.kind, plan.currency, plan.debt_minor, plan.waived_minor, book.today.isoformat()),
            every,
            *((interest.kind, str(interest.yearly_percent), interest.day_count) if interest else ("", "", "")),
            *(int(plan.needs_approval), grace_days, plan.replaces, book.agent, book.writing.id),
        ),
    )
    assert cursor.lastrowid is not None
    plan_id = cursor.lastrowid
    held = [(plan_id, item.id, int(item.disputed), 0) for item in covered]
    if plan.interest_minor:
        held.append((plan_id, _bill_interest(book, plan, f"P{plan_id}"), 0, 1))
    book.executemany("INSERT INTO plan_item (plan_id, item_id, disputed, is_interest) VALUES (?, ?, ?, ?)", held)
    book.executemany(
        "INSERT INTO instalment (plan_id, no, due_on, amount_minor, interest_minor) VALUES (?, ?, ?, ?, ?)",
        [(plan_id, one.no, one.due_on.isoformat(), one.amount_minor, one.interest_minor) for one in plan.instalments],
    )
    return plan_id


def approve(book: Book, plan: Plan, role: str) -> None:
    """Record that the agent at work approves it today."""
    book.execute(
        "INSERT INTO plan_approval (plan_id, approved_on, approved_by, role, change_id) VALUES (?, ?, ?, ?, ?)",
        (plan.id, book.today.isoformat(), book.agent, role, book.writing.id),
    )


def cancel(book: Book, plan: Plan) -> None:
    """End it today; interest that it asked for and that is unpaid is taken back."""
    assert plan.id is not None
    drop_interest(book, plan.id)
    book.execute(
        "INSERT INTO plan_cancellation (plan_id, cancelled_on, change_id) VALUES (?, ?, ?)",
        (plan.id, book.today.isoformat(), book.writing.id),
    )


def interest_items(book: Book, plan_id: int) -> set[int]:
    """Ids of the items that bill the plan's interest."""
    rows = book.execute("SELECT item_id FROM plan_item WHERE plan_id = ? AND is_interest = 1", (plan_id,))
    return {item_id for (item_id,) in rows}


def drop_interest(book: Book, plan_id: int) -> None:
    """Take back the interest of a plan that has not been paid."""
    rows = book.execute(
        "SELECT t.account_id, t.id, t.open_minor, t.currency FROM plan_item i JOIN item t ON t.id = i.item_id"
        " WHERE i.plan_id = ? AND i.is_interest = 1 AND t.open_minor > 0",
        (plan_id,),
    ).fetchall()
    for account_id, item_id, open_minor, currency in rows:
        money = Money(open_minor, currency)
        items.reduce(book, (account_id, item_id), "interest taken back", money, book.today)


def _bill_interest(book: Book, plan: Plan, number: str) -> int:
    """Open the item of the plan's interest."""
    return items.add(
        book,
        Item(
            *(0, plan.account_id, number, "interest", plan.currency, book.today, plan.instalments[-1].due_on),
            disputed=False,
            open_minor=plan.interest_minor,
            amount_minor=plan.interest_minor,
        ),
        book.today,
    )


def _beside(book: Book, where: str) -> _Rows:
    """Instalments, items and postings of the plans chosen, each read once."""
    found = _Rows({}, {}, {}, {}, {})
    for plan_id, no, due_on, amount, interest in book.execute(
        "SELECT n.plan_id, n.no, n.due_on, n.amount_minor, n.interest_minor FROM instalment n"
        f" JOIN plan l ON l.id = n.plan_id WHERE {where} ORDER BY n.plan_id, n.no"
    ):
        row = Instalment(no, date.fromisoformat(due_on), amount, interest)
        found.instalments.setdefault(plan_id, []).append(row)
    for plan_id, item_id, marked, open_minor in book.execute(
        "SELECT i.plan_id, i.item_id, t.disputed > i.disputed, t.open_minor FROM plan_item i"
        f" JOIN plan l ON l.id = i.plan_id JOIN item t ON t.id = i.item_id WHERE {where}"
    ):
        found.item_ids.setdefault(plan_id, set()).add(item_id)
        if marked:
            found.marked.setdefault(plan_id, []).append(open_minor)
    for plan_id, opened_on, change, amount, ended_on in book.execute(f"{_DISPUTES} AND {where} ORDER BY d.id"):
        dispute = Dispute(date.fromisoformat(opened_on), change, amount, _day(ended_on))
        found.disputes.setdefault(plan_id, []).append(dispute)
    for plan_id, posting, item_id, kind, amount, on, change, reverses, *credit in book.execute(
        f"{_LINES} WHERE {where} ORDER BY p.id"
    ):
        own, credit_on, bounced_on = credit[0] or "", _day(credit[1]), _day(credit[2])
        line = Line(
            posting, item_id, kind, amount, date.fromisoformat(on), change, reverses, own, credit_on, bounced_on
        )
        found.lines.setdefault(plan_id, []).append(line)
    return found


def _standing(row: tuple[Any, ...], beside: _Rows, day: date) -> Kept:
    plan = _plan(row, beside)
    assert plan.id is not None
    payments, reliefs = planledger.read(plan, beside.lines.get(plan.id, []))
    reliefs += planledger.disputed(plan, beside.marked.get(plan.id, []), beside.disputes.get(plan.id, []))
    every, grace_days, requested_by = row[13:16]
    stands = progress.evaluate(plan, payments, day, reliefs=reliefs, grace_days=grace_days)
    return Kept(stands, every, grace_days, requested_by, row[17] or "", row[20])


def _plan(row: tuple[Any, ...], beside: _Rows) -> Plan:
    plan_id, account_id, currency, debt_minor, kind, waived_minor, agreed_on, needs_approval, replaces, change = row[
        :10
    ]
    rate: tuple[Literal["flat", "declining", ""], str, Any] = row[10:13]
    return Plan(
        account_id,
        currency,
        debt_minor,
        tuple(beside.instalments[plan_id]),
        frozenset(beside.item_ids[plan_id]),
        kind,
        waived_minor,
        Interest(rate[0], Decimal(rate[1]), rate[2]) if rate[0] else None,
        plan_id,
        date.fromisoformat(agreed_on),
        bool(needs_approval),
        _day(row[16]),
        _day(row[18]),
        _day(row[19]),
        replaces,
        change,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
