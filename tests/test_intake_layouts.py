"""Any layout people use gives every item, and every row is accounted for."""

import os

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from collect.errors import CollectError
from collect.grids import Options
from tests.intake_balances import Aged, Running, aged, running
from tests.intake_layouts import Made, ledgers
from tests.intake_sheets import take

EXAMPLES = {"": 100, "quick": 200}.get(os.environ.get("COLLECT_DEEP", ""), 2_000)


@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(ledgers())
def test_every_item_is_found_in_any_layout(made: Made) -> None:
    assume(" Cr'" not in str(made.rows) or " Dr'" in str(made.rows))  # amounts that all end in Cr could be crores
    found = take(made.rows, options=made.options)
    rows = [
        (row.account, row.number, row.document_on, row.due_on, row.amount_minor, row.open_minor) for row in found.rows
    ]
    assert sorted(rows, key=str) == made.expected
    assert found.rejects == []
    assert found.as_of == made.as_of
    assert [total.delta_minor for total in found.file_totals] == [0] * len(found.file_totals)
    assert found.file_totals or not made.totals
    assert found.rows_read == found.taken + sum(found.skipped.values()) + found.rejected + found.duplicates


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(ledgers(), st.data())
def test_every_row_is_accounted_for_whatever_is_wrong_with_it(made: Made, data: st.DataObject) -> None:
    rows = [list(row) for row in made.rows]
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.sampled_from(rows))
        if row:
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(
                st.sampled_from((None, "?", -1.5, True, "Total", "31/02/2026"))
            )
    try:
        found = take(rows, options=made.options)
    except CollectError:
        return
    assert found.rows_read == found.taken + sum(found.skipped.values()) + found.rejected + found.duplicates
    assert found.rejected == len({one.row for one in found.rejects})
    assert sum(one.amount_minor for one in found.control) == sum(row.amount_minor for row in found.rows)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(aged())
def test_every_age_of_every_customer_is_found(made: Aged) -> None:
    found = take(made.rows)
    rows = [(row.account, row.bucket, row.open_minor or 0) for row in found.rows]
    assert sorted(rows) == sorted(made.expected)
    assert found.rejects == []
    assert {total.delta_minor for total in found.file_totals} <= {0}


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(running())
def test_every_movement_of_a_running_ledger_is_found(made: Running) -> None:
    found = take(made.rows, options=Options(layout="statement"))
    assert found.rejects == []
    for name, movements in made.movements.items():
        assert sorted(row.amount_minor for row in found.rows if row.account == name) == sorted(movements)
    assert {row.account for row in found.rows} == made.movements.keys()
