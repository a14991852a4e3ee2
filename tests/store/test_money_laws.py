"""Laws of money in, over random histories of bills, payments, deductions, credit notes, moves and reversals.

Every history is written to a real book, in any order and back-dated; after each step the whole ledger is added up
again from its postings. COLLECT_DEEP=1 tries 20,000 histories, COLLECT_DEEP=quick a tenth of them.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collect import db, receipts
from collect.book import Book
from collect.errors import NotFound, Refused
from collect.money import Money
from collect.receipts import Asked, Line
from collect.records import Account, Credit, Item
from collect.store import accounts, check, items, payments, postings
from collect.store import receipts as kept
from collect.store.postings import AsOf

HISTORIES = {"": 500, "quick": 2_000}.get(os.environ.get("COLLECT_DEEP", ""), 20_000)
START = date(2026, 1, 1)
NOW = 70
"""Day of the first step, counted from START: what happens before it is recorded late."""
DAYS = st.integers(0, 80)
AMOUNTS = st.integers(1, 900)

Balances = dict[tuple[str, int], dict[int, int]]
"""By item or credit, its balance at the end of every day on which it changed, counted from START."""


class Step(NamedTuple):
    """One step of a history: what is done, how much, on which day, and numbers that choose among what there is."""

    action: str
    minor: int
    day: int
    which: int
    other: int


ACTIONS = ("bill", "bill", "pay", "pay", "pay", "deduct", "close", "note", "move", "park", "mistake", "bounce", "waive")
STEPS = st.lists(
    st.builds(Step, st.sampled_from(ACTIONS), AMOUNTS, DAYS, st.integers(0, 9), st.integers(0, 9)),
    min_size=3,
    max_size=12,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = db.create(tmp_path_factory.mktemp("laws") / "book.db")
    yield connection
    connection.close()


class History:
    """A book in memory with one account, and the steps that are taken in it."""

    def __init__(self, template: sqlite3.Connection) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        template.backup(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        self.book = Book(connection, Path(":memory:"), agent="asha", dry_run=False, settings={"book.zone": "UTC"})
        self.day = NOW
        self.turn()
        with self.book.change("account.add"):
            accounts.add(self.book, Account(0, "A1", "Asha"))
        self.account = accounts.get(self.book, "A1")

    def turn(self) -> None:
        """Let another day begin."""
        self.day += 1
        self.book.today = START + timedelta(self.day)
        self.book.now = datetime.combine(self.book.today, time(12), tzinfo=UTC)

    def take(self, step: Step) -> None:
        """Do one step; what the program refuses is not done."""
        do: Callable[[Step], None] = getattr(self, step.action)
        with suppress(Refused, NotFound), self.book.change(step.action):
            do(step)

    def bill(self, step: Step) -> None:
        dated = START + timedelta(step.day)
        part = ("principal", "principal", "interest", "fee", "penalty")[step.other % 5]
        number = self.book.execute("SELECT COUNT(*) FROM item").fetchone()[0] + 1
        item = Item(
            0, self.account.id, f"I{number}", part, "INR", dated, dated + timedelta(step.which),
            disputed=step.other == 9, open_minor=step.minor, amount_minor=step.minor,
        )  # fmt: skip
        items.add(self.book, item, dated)

    def pay(self, step: Step, deductions: tuple[Line, ...] = (), closing: str = "") -> None:
        received_on = START + timedelta(min(step.day, self.day))
        named = (f"I{step.which}",) if step.other % 3 == 0 else ()
        asked = Asked("INR", step.minor, received_on, deductions=deductions, named=named, closing=closing)
        terms = payments.terms(self.book, self.account, "INR")._replace(small_minor=300)
        proposal = receipts.propose(asked, payments.targets(self.book, self.account, "INR"), terms)
        payments.take(self.book, self.account, proposal)

    def deduct(self, step: Step) -> None:
        self.pay(step, (Line("tds", step.minor // 9 + 1, "TDS"), Line("discount", step.other + 1, "early")))

    def close(self, step: Step) -> None:
        self.pay(step, closing="rounding")

    def note(self, step: Step) -> None:
        dated = START + timedelta(step.day)
        count = self.book.execute("SELECT COUNT(*) FROM credit").fetchone()[0] + 1
        credit = Credit(0, self.account.id, "credit note", f"CN{count}", "INR", dated, -step.minor, -step.minor)
        items.add_credit(self.book, credit)

    def move(self, step: Step, *, park: bool = False) -> None:
        numbers = [row[0] for row in self.book.execute("SELECT number FROM credit ORDER BY id")]
        credit = payments.credit_named(self.book, numbers[step.which % len(numbers)] if numbers else "none")
        standing = kept.applied(self.book, self.account.id, credit.id)
        named = [f"I{step.other}"] if step.other % 2 else []
        spread = payments.spread(self.book, self.account, credit, standing, named)
        payments.rearrange(self.book, credit, standing, {} if park else dict(spread.lines))

    def park(self, step: Step) -> None:
        self.move(step, park=True)

    def mistake(self, step: Step) -> None:
        if receipt := self.standing(step.which):
            payments.reverse(self.book, receipt, "mistake", None)

    def bounce(self, step: Step) -> None:
        if receipt := self.standing(step.which):
            bounced_on = receipt.received_on + timedelta(step.other * 4)
            payments.reverse(self.book, receipt, "bounced", bounced_on)

    def waive(self, step: Step) -> None:
        rows = self.book.execute("SELECT id, open_minor FROM item WHERE open_minor > 0 ORDER BY id").fetchall()
        if rows:
            item_id, left = rows[step.which % len(rows)]
            amount = Money(min(left, step.minor), "INR")
            items.reduce(self.book, (self.account.id, item_id), "write-off", amount, START + timedelta(step.day))

    def standing(self, which: int) -> receipts.Receipt | None:
        """One of the receipts that were not taken back."""
        found = [one for one in kept.listed(self.book) if not one.reversed_on]
        return kept.get(self.book, found[which % len(found)].number) if found else None

    def balances(self, last_change: int = 10**9) -> Balances:
        """Every balance at the end of every day, added up from the postings of the first changes."""
        moved: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
        rows = self.book.execute(
            "SELECT item_id, credit_id, effective_on, amount_minor FROM posting WHERE change_id <= ?", (last_change,)
        )
        for item_id, credit_id, day, minor in rows:
            what = ("item", item_id) if item_id else ("credit", credit_id)
            moved[what][(date.fromisoformat(day) - START).days] += minor
        return {what: _added_up(by_day) for what, by_day in moved.items()}


def _added_up(by_day: dict[int, int]) -> dict[int, int]:
    found, total = {}, 0
    for day in sorted(by_day):
        total += by_day[day]
        found[day] = total
    return found


def on(balance: dict[int, int], day: int) -> int:
    """Balance at the end of a day."""
    return next((balance[each] for each in sorted(balance, reverse=True) if each <= day), 0)


def hold(history: History, asked: int) -> None:
    """The laws that hold after every step; as-of and known-on are asked of the store for the day `asked`."""
    book, balances = history.book, history.balances()
    for (what, number), by_day in balances.items():
        for day, minor in by_day.items():
            assert minor >= 0 if what == "item" else minor <= 0, f"{what} {number} is overdrawn on day {day}"
    caches = {"item": "SELECT id, open_minor FROM item", "credit": "SELECT id, open_minor FROM credit"}
    for what, sql in caches.items():
        cached = dict(book.execute(sql))
        replayed = {number: by_day[max(by_day)] for (kind, number), by_day in balances.items() if kind == what}
        assert cached == replayed
    total = sum(by_day[max(by_day)] for by_day in balances.values())
    assert dict(postings.control_totals(book, AsOf(date.max))).get("INR", 0) == total
    known = balances
    for as_of in (AsOf(START + timedelta(asked)), AsOf(START + timedelta(asked), book.today - timedelta(1))):
        if as_of.known_on:
            last: int = book.execute(
                "SELECT MAX(id) FROM change WHERE recorded_at < ?", (book.today.isoformat(),)
            ).fetchone()[0]
            known = history.balances(last)
        owed = items.balances(book, [history.account.id], as_of)
        assert sum(owed.values()) == sum(on(by_day, asked) for by_day in known.values())


@settings(
    max_examples=HISTORIES, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(steps=STEPS, asked=DAYS)
def test_laws_of_money_in(template: sqlite3.Connection, steps: list[Step], asked: int) -> None:
    """Nothing is overdrawn on any day, the cache is the replay, what was known stays known, reversals restore."""
    history = History(template)
    for step in steps:
        before = history.balances()
        standing = {one.number: one for one in kept.listed(history.book) if not one.reversed_on}
        history.take(step)
        hold(history, asked)
        if step.action in {"mistake", "bounce"}:
            gone = [one for one in kept.listed(history.book) if one.reversed_on and one.number in standing]
            for receipt in gone:
                undone(history, before, receipt)
        history.turn()
    assert all(finding.ok for finding in check.all_findings(history.book))
    assert [row[0] for row in history.book.execute("SELECT no FROM receipt ORDER BY no")] == list(
        range(1, history.book.execute("SELECT COUNT(*) FROM receipt").fetchone()[0] + 1)
    )
    history.book.close()


def undone(history: History, before: Balances, receipt: receipts.Receipt) -> None:
    """A mistake leaves no trace on any day; a bounce leaves every day before it as it was, and no trace from it on."""
    traces: Balances = _traces(history, receipt)
    bounced = receipt.reversed_for == "bounced"
    assert receipt.reversed_on is not None
    first = (receipt.reversed_on - START).days if bounced else -(10**6)
    after = history.balances()
    for what, by_day in traces.items():
        assert all(minor == 0 for day, minor in by_day.items() if day >= first)
        days = {*by_day, *after[what], *before[what]}
        for day in days:
            if day < first:
                assert on(after[what], day) == on(before[what], day)


def _traces(history: History, receipt: receipts.Receipt) -> Balances:
    """What a receipt with all its moves and its reversal did to each item and to its credit, added up by day."""
    moved: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = history.book.execute(
        "WITH own AS (SELECT id FROM posting WHERE credit_id = :credit OR pair_id IN (SELECT pair_id FROM posting"
        " WHERE credit_id = :credit AND pair_id IS NOT NULL) OR id IN (SELECT posting_id FROM receipt_posting"
        " WHERE receipt_id = :receipt)) SELECT item_id, credit_id, effective_on, amount_minor FROM posting"
        " WHERE id IN (SELECT id FROM own) OR reverses_id IN (SELECT id FROM own)",
        {"credit": receipt.credit_id, "receipt": receipt.id},
    )
    for item_id, credit_id, day, minor in rows:
        what = ("item", item_id) if item_id else ("credit", credit_id)
        moved[what][(date.fromisoformat(day) - START).days] += minor
    return {what: _added_up(by_day) for what, by_day in moved.items()}
