"""Where money goes, to the paisa, and from which day on."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.allocation import Allocation, Direction, OpenItem, PlanDue, allocate, first_day_not_overdrawn, undone_on
from collect.errors import NotFound

JAN_1 = date(2023, 1, 1)
RUPEE = 100


def item(
    item_id: int,
    due_on: date,
    rupees: int,
    component: str = "principal",
    *,
    number: str | None = None,
    disputed: int = 0,
) -> OpenItem:
    return OpenItem(item_id, number or f"INV-{item_id}", due_on, rupees * RUPEE, component, disputed * RUPEE)


def rupees(allocation: Allocation) -> dict[int, float]:
    return {item_id: minor / RUPEE for item_id, minor in allocation.lines}


def after(items: list[OpenItem], paid: Allocation) -> list[OpenItem]:
    lines = dict(paid.lines)
    return [OpenItem(i.id, i.number, i.due_on, i.open_minor - lines.get(i.id, 0), i.component) for i in items]


def test_the_oldest_due_is_paid_first_and_a_tie_goes_by_number() -> None:
    items = [item(1, date(2026, 3, 1), 100), item(2, date(2026, 1, 1), 100), item(3, date(2026, 1, 1), 100)]
    assert allocate(250 * RUPEE, items).lines == ((2, 10_000), (3, 10_000), (1, 5_000))


def test_what_is_paid_too_much_stays_unapplied() -> None:
    paid = allocate(1_250 * RUPEE, [item(1, JAN_1, 1_000)])
    assert (paid.lines, paid.applied_minor, paid.unapplied_minor) == (((1, 100_000),), 100_000, 25_000)


def test_a_payment_without_an_invoice_is_unapplied_as_a_whole() -> None:
    assert allocate(100_000, []) == Allocation((), 100_000)


def test_one_paisa_short_leaves_one_paisa_open() -> None:
    items = [item(1, JAN_1, 100)]
    assert after(items, allocate(9_999, items))[0].open_minor == 1


@pytest.mark.parametrize("direction", ["vertical", "horizontal"])
def test_penalty_and_fee_before_principal(direction: Direction) -> None:
    """3 x 1,000 due with penalty 50 and fee 50 on the first; 500 paid: 50, 50, then 400 of principal."""
    items = [item(n, date(2023, n, 1), 1_000) for n in (1, 2, 3)]
    items += [item(4, JAN_1, 50, "penalty", number="INV-1"), item(5, JAN_1, 50, "fee", number="INV-1")]
    assert allocate(500 * RUPEE, items, direction=direction).lines == ((4, 5_000), (5, 5_000), (1, 40_000))


def test_a_charge_of_a_later_day_comes_first_only_horizontally() -> None:
    items = [item(1, JAN_1, 1_000), item(2, date(2023, 2, 1), 50, "penalty")]
    assert rupees(allocate(500 * RUPEE, items, direction="horizontal")) == {2: 50, 1: 450}
    assert rupees(allocate(500 * RUPEE, items, direction="vertical")) == {1: 500}


def test_three_decimals() -> None:
    paid = allocate(17_592_415, [OpenItem(1, "BHD-1", JAN_1, 18_230_000)])
    assert 18_230_000 - paid.applied_minor == 637_585


def test_one_instalment_finished_after_the_other() -> None:
    """Four instalments of 125 with penalties of 25 on the third and fourth: 260, then 26, leave 264 open."""
    days = [JAN_1, date(2023, 1, 16), date(2023, 1, 31), date(2023, 2, 15)]
    items = [item(n, day, 125, number="LOAN") for n, day in enumerate(days, 1)]
    items += [item(n, day, 25, "penalty", number="LOAN") for n, day in ((13, days[2]), (14, days[3]))]
    first = allocate(260 * RUPEE, items)
    assert rupees(first) == {1: 125, 2: 125, 13: 10}
    items = after(items, first)
    second = allocate(26 * RUPEE, items)
    assert rupees(second) == {13: 15, 3: 11}
    assert sum(i.open_minor for i in after(items, second)) == 264 * RUPEE


def test_a_payment_and_a_credit_note_on_an_invoice_in_three_terms() -> None:
    """200 in terms of 60, 100 and 40: 40 paid leaves 20, 100, 40; a credit note of 100 then leaves 0, 20, 40."""
    items = [item(n, date(2023, n, 1), amount, number="SI-1") for n, amount in ((1, 60), (2, 100), (3, 40))]
    items = after(items, allocate(40 * RUPEE, items))
    assert [i.open_minor for i in items] == [2_000, 10_000, 4_000]
    items.append(item(9, date(2022, 1, 1), 500))
    items = after(items, allocate(100 * RUPEE, items, named=["SI-1"]))
    assert [i.open_minor for i in items] == [0, 2_000, 4_000, 50_000]


def test_the_payers_instruction_comes_first_in_the_payers_order() -> None:
    items = [item(n, date(2023, n, 1), 100) for n in (1, 2, 3)]
    assert rupees(allocate(250 * RUPEE, items, named=["INV-3", 2])) == {3: 100, 2: 100, 1: 50}


def test_a_name_that_is_not_open_is_refused() -> None:
    with pytest.raises(NotFound, match="INV-7"):
        allocate(100, [item(1, JAN_1, 100), item(7, JAN_1, 0)], named=["INV-7"])


def test_a_disputed_item_is_paid_only_when_named() -> None:
    items = [item(1, JAN_1, 100, disputed=100), item(2, date(2023, 2, 1), 100)]
    assert allocate(150 * RUPEE, items) == Allocation(((2, 10_000),), 5_000)
    assert rupees(allocate(150 * RUPEE, items, named=["INV-1"])) == {1: 100, 2: 50}


def test_the_part_not_in_dispute_is_paid() -> None:
    assert allocate(100 * RUPEE, [item(1, JAN_1, 100, disputed=30)]) == Allocation(((1, 7_000),), 3_000)


def test_plan_instalments_come_before_older_items_outside_the_plan() -> None:
    items = [item(1, JAN_1, 1_000), item(2, date(2023, 3, 1), 300), item(3, date(2023, 4, 1), 300)]
    due = PlanDue(date(2023, 6, 1), 200 * RUPEE, frozenset({2, 3}))
    assert rupees(allocate(250 * RUPEE, items, instalments=[due])) == {2: 200, 1: 50}
    assert rupees(allocate(250 * RUPEE, items, instalments=[due], named=["INV-1"])) == {1: 250}


def test_two_plans_are_paid_by_the_day_of_their_instalments() -> None:
    items = [item(1, JAN_1, 300), item(2, JAN_1, 300)]
    dues = [PlanDue(date(2023, 6, day), 100 * RUPEE, frozenset({one})) for day, one in ((1, 2), (8, 1), (15, 2))]
    assert rupees(allocate(150 * RUPEE, items, instalments=reversed(dues))) == {2: 100, 1: 50}
    assert rupees(allocate(300 * RUPEE, items, instalments=dues)) == {2: 200, 1: 100}


def test_an_instalment_never_pays_a_disputed_item() -> None:
    items = [item(1, JAN_1, 300, disputed=300), item(2, date(2023, 2, 1), 300)]
    due = PlanDue(date(2023, 6, 1), 200 * RUPEE, frozenset({1}))
    assert rupees(allocate(100 * RUPEE, items, instalments=[due])) == {2: 100}


def test_what_is_not_due_waits_for_what_is() -> None:
    items = [item(1, JAN_1, 100), item(2, date(2023, 3, 1), 40, "interest")]
    assert rupees(allocate(120 * RUPEE, items, direction="horizontal")) == {2: 40, 1: 80}
    assert rupees(allocate(120 * RUPEE, items, direction="horizontal", today=date(2023, 2, 1))) == {1: 100, 2: 20}


def test_another_order_of_components_and_an_unknown_component_last() -> None:
    items = [item(1, JAN_1, 10, "legal", number="L"), item(2, JAN_1, 10, "penalty", number="L")]
    items += [item(3, JAN_1, 10, "principal", number="L")]
    assert [i for i, _ in allocate(3_000, items, order=("principal", "penalty")).lines] == [3, 2, 1]


_ITEMS = st.lists(
    st.builds(
        OpenItem,
        id=st.integers(1, 30),
        number=st.sampled_from(["A", "B", "C"]),
        due_on=st.dates(JAN_1, date(2023, 3, 1)),
        open_minor=st.integers(-50, 5_000),
        component=st.sampled_from(["penalty", "fee", "interest", "principal"]),
        disputed_minor=st.integers(0, 2_000),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)
_DUES = st.lists(
    st.builds(
        PlanDue,
        due_on=st.dates(JAN_1, date(2023, 9, 1)),
        open_minor=st.integers(0, 3_000),
        item_ids=st.frozensets(st.integers(1, 30), max_size=6),
    ),
    max_size=4,
)


@given(st.integers(0, 30_000), _ITEMS, _DUES, st.sampled_from(["vertical", "horizontal"]), st.randoms())
def test_money_is_neither_made_nor_lost(
    amount: int, items: list[OpenItem], dues: list[PlanDue], direction: Direction, shuffle: Random
) -> None:
    paid = allocate(amount, items, instalments=dues, direction=direction)
    shuffled = list(items)
    shuffle.shuffle(shuffled)
    assert allocate(amount, shuffled, instalments=reversed(dues), direction=direction) == paid
    by_id = {one.id: one for one in items}
    assert paid.applied_minor + paid.unapplied_minor == amount
    assert paid.unapplied_minor >= 0
    assert len({item_id for item_id, _ in paid.lines}) == len(paid.lines)
    for item_id, minor in paid.lines:
        assert 0 < minor <= by_id[item_id].open_minor - by_id[item_id].disputed_minor
    payable = sum(max(0, one.open_minor - one.disputed_minor) for one in items)
    assert paid.applied_minor == min(amount, payable)


@given(st.integers(0, 30_000), _ITEMS.filter(lambda items: any(one.open_minor > 0 for one in items)))
def test_a_named_number_is_paid_in_full_before_anything_else(amount: int, items: list[OpenItem]) -> None:
    number = next(one.number for one in items if one.open_minor > 0)
    paid = dict(allocate(amount, items, named=[number]).lines)
    chosen = [one for one in items if one.number == number and one.open_minor > 0]
    assert sum(paid.get(one.id, 0) for one in chosen) == min(amount, sum(one.open_minor for one in chosen))


def test_an_allocation_waits_for_the_later_of_item_and_credit() -> None:
    invoice, receipt = [(date(2016, 11, 30), 10_000)], [(date(2016, 11, 9), -1_500)]
    assert first_day_not_overdrawn(1_500, invoice, receipt) == date(2016, 11, 30)
    assert first_day_not_overdrawn(1_500, invoice, [(date(2017, 1, 30), -2_000)]) == date(2017, 1, 30)


def test_an_allocation_waits_until_what_overdraws_later_is_over() -> None:
    """1,000 billed on 1 January, 700 paid on the 5th and bounced on the 9th: 500 more fit from the 9th only."""
    invoice = [(date(2023, 1, 1), 1_000), (date(2023, 1, 5), -700), (date(2023, 1, 9), 700)]
    assert first_day_not_overdrawn(500, invoice, [(date(2023, 1, 2), -500)]) == date(2023, 1, 9)
    assert first_day_not_overdrawn(300, invoice, [(date(2023, 1, 2), -500)]) == date(2023, 1, 2)


def test_no_day_when_there_is_never_enough_left() -> None:
    assert first_day_not_overdrawn(500, [(JAN_1, 400)], [(JAN_1, -500)]) is None
    assert first_day_not_overdrawn(500, [(JAN_1, 500)], [(JAN_1, -500), (JAN_1, 100)]) is None
    assert first_day_not_overdrawn(500, [], [(JAN_1, -500)]) is None


_POSTINGS = st.lists(
    st.tuples(st.integers(0, 20).map(lambda n: JAN_1 + timedelta(n)), st.integers(-100, 100)), max_size=8
)


@given(st.integers(1, 150), _POSTINGS, _POSTINGS)
def test_the_day_is_the_first_from_which_neither_is_overdrawn(
    amount: int, item_postings: list[tuple[date, int]], credit_postings: list[tuple[date, int]]
) -> None:
    def fits(day: date) -> bool:
        item_minor = sum(minor for on, minor in item_postings if on <= day)
        credit_minor = sum(minor for on, minor in credit_postings if on <= day)
        return item_minor >= amount and credit_minor <= -amount

    days = [JAN_1 + timedelta(n) for n in range(21)]
    expected = next((day for n, day in enumerate(days) if all(fits(later) for later in days[n:])), None)
    assert first_day_not_overdrawn(amount, item_postings, credit_postings) == expected


def test_a_mistake_is_undone_on_its_day_and_a_bounce_not_before_its_own() -> None:
    assert undone_on(date(2023, 1, 5)) == date(2023, 1, 5)
    assert undone_on(date(2023, 1, 5), bounced_on=date(2023, 1, 9)) == date(2023, 1, 9)
    assert undone_on(date(2023, 1, 5), bounced_on=date(2023, 1, 3)) == date(2023, 1, 5)
