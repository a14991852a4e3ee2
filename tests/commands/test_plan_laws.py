"""Laws of plans over random histories: what is open by the plan is what is open on its items, on every day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.test_plans import debtor, shown
from tests.conftest import Collect

FIRST = date(2026, 4, 2)
PAID = st.tuples(st.just("pay"), st.integers(1, 40_000))
CREDITED = st.tuples(st.just("credit"), st.integers(1, 9_000))
BACK = st.tuples(st.sampled_from(["bounced", "mistake"]), st.just(0))
HISTORY = st.lists(st.one_of(PAID, PAID, CREDITED, BACK), min_size=2, max_size=7)


def live(collect: Collect, history: list[tuple[str, int]], plan: str) -> list[tuple[str, str]]:
    """Let that happen, five days apart; the (state, open) of the plan after each."""
    receipts: list[str] = []
    found = []
    for step, (what, minor) in enumerate(history):
        day = str(FIRST + timedelta(days=5 * step))
        amount = f"{minor // 100}.{minor % 100:02d}"
        if what == "pay":
            run = collect("pay", "A1", amount, "--ref", str(step), "--format", "json", today=day)
            receipts.append(run.check().json["receipt"])
        elif what == "credit":
            # Refused where less is open: then nothing happens that day.
            collect("item", "credit", "A1", amount, "--number", f"CN{step}", "--for", "I2", today=day)
        elif receipts:
            collect("payment", "reverse", receipts.pop(), "--reason", what, today=day).check()
        now = shown(collect, plan, today=day)
        rows = collect("item", "list", "A1", "--format", "json", today=day).check().json["rows"]
        assert sum(int(row["open"].replace(".", "")) for row in rows) == int(now["open"].replace(".", ""))
        found.append((now["state"], now["open"]))
    collect("book", "check", today=day).check()
    return found


@pytest.mark.parametrize("settle", [False, True], ids=["plan", "settlement"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY)
def test_what_is_open_by_the_plan_is_open_on_its_items(
    collect: Collect, settle: bool, history: list[tuple[str, int]]
) -> None:
    """500.00 over two items; everything that happens goes to them. Completed means nothing open, and nothing else."""
    collect.book.unlink(missing_ok=True)
    debtor(collect, "I1 300 2026-01-31", "I2 200 2026-02-28")
    if settle:
        collect("plan", "settle", "A1", "--pay", "70%", "--by", "2026-04-20").check()
        collect("plan", "approve", "P1", "--agent", "meena").check()
    else:
        collect("plan", "agree", "A1", "--count", "3", "--first", "2026-04-10").check()
    for state, open_ in live(collect, history, "P1"):
        if state == "completed":
            assert open_ == "0.00"
        elif not settle:
            assert open_ != "0.00"
