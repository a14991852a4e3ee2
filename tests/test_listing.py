"""What a ledger list changes: the ledger's figure against ours, and where an item without a due date stands."""

from typing import Any

import pytest

from collect import listing
from collect.grids import LedgerRow
from collect.listing import ADJUSTED, SETTLED, Comparison, Held, Key, Terms, When

TERMS = Terms({})
WHEN = When("2026-04-01", "2026-04-02")


def row(number: str = "I1", amount: int = 1000, open_: int | None = None, **more: Any) -> LedgerRow:
    plain = LedgerRow(
        2, "C1", "Mehta", number, "principal", "item", "2026-01-01", "2026-02-01", "INR", amount, open_, "",
        disputed=False, bucket="", due_from="file",
    )  # fmt: skip
    return plain._replace(**more)


def held(open_: int, listed: int | None, **more: Any) -> Held:
    return Held(7, 3, open_, listed, "2026-02-01", disputed=False, currency="INR", listed_by=1)._replace(**more)


def compared(rows: list[LedgerRow], book: dict[Key, Held], terms: Terms = TERMS) -> Comparison:
    return listing.compare(listing.keyed(rows), book, when=WHEN, profile_id=1, terms=terms)


KEY: Key = ("C1", "item", "I1", "principal", "2026-02-01", "", "INR")


@pytest.mark.parametrize(
    ("ours", "before", "now", "kind", "amount", "not_yet"),
    [
        (1000, 1000, 1000, "", 0, 0),
        (1000, 1000, 400, SETTLED, -600, 0),
        (1000, 1000, 1500, ADJUSTED, 500, 0),
        (600, 1000, 1000, "", 0, 1),  # 400 paid to us, not yet in the ledger
        (600, 1000, 600, "", 0, 0),  # now it is
        (600, 1000, 800, "", 0, 1),  # half of it is
        (600, 1000, 1200, ADJUSTED, 200, 1),  # and 200 nobody knew of
        (600, 1000, 500, SETTLED, -100, 0),
        (1000, 600, 600, "", 0, 0),  # bounced with us, the ledger does not know: ours stands
        (1000, 600, 400, SETTLED, -200, 0),
        (1000, None, 1000, "", 0, 0),  # typed by hand, now in the ledger too
    ],
)
def test_the_ledgers_figure_against_ours(
    ours: int, before: int | None, now: int, kind: str, amount: int, not_yet: int
) -> None:
    found = compared([row(open_=now)], {KEY: held(ours, before)})
    posted = [(one.kind, one.amount_minor) for one in found.changed if one.amount_minor]
    assert posted == ([(kind, amount)] if amount else [])
    assert found.not_yet == not_yet


def test_an_equal_item_is_unchanged() -> None:
    found = compared([row(open_=1000)], {KEY: held(1000, 1000)})
    assert (found.unchanged, found.changed, found.new, found.vanished) == (1, [], [], [])


def test_a_moved_due_date_is_the_same_item() -> None:
    found = compared([row(open_=1000, due_on="2026-03-01")], {KEY: held(1000, 1000)})
    assert [(one.held.id, one.due_on, one.amount_minor) for one in found.changed] == [(7, "2026-03-01", 0)]
    assert (found.new, found.vanished) == ([], [])


def test_items_without_a_number_are_never_taken_for_one_another() -> None:
    key: Key = ("C1", "item", "", "principal", "2026-02-01", "2026-01-01|1000", "INR")
    found = compared([row("", due_on="2026-03-01", document_on="2026-02-01")], {key: held(1000, 1000)})
    assert ([one.due_on for one in found.new], found.changed) == (["2026-03-01"], [])
    assert [gone for gone, _ in found.vanished] == [key]


def test_two_moved_instalments_are_paired_by_due_date() -> None:
    later: Key = (*KEY[:4], "2026-05-01", "", "INR")
    book = {later: held(500, 500, id=8, due_on="2026-05-01"), KEY: held(1000, 1000)}
    rows = [row(open_=500, due_on="2026-06-01"), row(open_=1000, due_on="2026-02-15")]
    assert {one.held.id: one.due_on for one in compared(rows, book).changed} == {8: "2026-06-01", 7: "2026-02-15"}


def test_what_the_list_no_longer_has_is_told_only_of_its_own_profile() -> None:
    other: Key = ("C2", "item", "I9", "principal", "", "", "INR")
    book = {KEY: held(1000, 1000), other: held(5, 5, listed_by=2)}
    assert [key for key, _ in compared([], book).vanished] == [KEY]


def test_rows_without_a_number_are_told_apart_by_place() -> None:
    rows = [row(""), row(""), row("", amount=5), row("", bucket="31-60")]
    lines = [key[5] for _, key in listing.keyed(rows)]
    assert lines == ["2026-01-01|1000", "2026-01-01|1000#2", "2026-01-01|5", "31-60"]


@pytest.mark.parametrize(
    ("more", "terms", "due"),
    [
        ({"due_on": "2026-02-01"}, TERMS, ("2026-02-01", "")),
        ({"due_on": "2026-02-01", "due_from": "--credit-days"}, TERMS, ("2026-02-01", "credit days")),
        ({"due_on": ""}, TERMS, ("2026-01-01", "document")),
        ({"due_on": ""}, Terms({"C1": 30}), ("2026-01-31", "credit days")),
        ({"due_on": ""}, Terms({"C1": None}, 10), ("2026-01-11", "credit days")),
        ({"due_on": "", "document_on": ""}, TERMS, ("2026-04-01", "document")),
        ({"due_on": "", "bucket": "31-60 days"}, TERMS, ("2026-03-01", "bucket")),
        ({"due_on": "", "bucket": "Over 90"}, TERMS, ("2025-12-31", "bucket")),
        ({"due_on": "", "bucket": "91+"}, TERMS, ("2025-12-31", "bucket")),
        ({"due_on": "", "bucket": "Not yet due"}, TERMS, ("2026-04-01", "bucket")),
        ({"due_on": "", "bucket": "Current"}, TERMS, ("2026-04-01", "bucket")),
    ],
)
def test_where_a_due_date_comes_from(more: dict[str, Any], terms: Terms, due: tuple[str, str]) -> None:
    (new,) = compared([row(**more)], {}, terms).new
    assert (new.due_on, new.due_from) == due


def test_a_bucket_can_make_an_item_older_and_never_younger() -> None:
    key: Key = (*KEY[:4], "", "", "INR")
    for bucket, due_on in (("61-90", "2026-01-30"), ("1-30", "2026-02-01")):
        found = compared([row(due_on="", bucket=bucket, open_=1000)], {key: held(1000, 1000)})
        assert [one.due_on for one in found.changed] == ([due_on] if due_on < "2026-02-01" else [])


@pytest.mark.parametrize(
    ("more", "posted"),
    [
        ({}, [("", 1000, "2026-01-01")]),
        ({"open_minor": 400}, [("", 1000, "2026-01-01"), (SETTLED, -600, "2026-04-01")]),
        ({"open_minor": 1200}, [("", 1000, "2026-01-01"), (ADJUSTED, 200, "2026-04-01")]),
        ({"settled_on": "2026-01-20"}, [("", 1000, "2026-01-01"), (SETTLED, -1000, "2026-01-20")]),
        ({"settled_on": "2025-12-20"}, [("", 1000, "2026-01-01"), (SETTLED, -1000, "2026-01-01")]),
        ({"document_on": "2026-05-01", "due_on": "2026-05-31"}, [("", 1000, "2026-04-01")]),
        ({"document_on": "", "due_on": "2026-02-01"}, [("", 1000, "2026-02-01")]),
        (
            {"kind": "credit", "amount_minor": -300, "open_minor": -100},
            [("", -300, "2026-01-01"), (SETTLED, 200, "2026-04-01")],
        ),
    ],
)
def test_what_opens_a_row(more: dict[str, Any], posted: list[tuple[str, int, str]]) -> None:
    (new,) = compared([row(**more)], {}).new
    assert listing.openings(new, WHEN) == posted


def test_marks_of_disputes_stay_where_the_list_has_no_such_column() -> None:
    book = {KEY: held(1000, 1000, disputed=True)}
    assert compared([row(open_=1000)], book).unchanged == 1
    (changed,) = compared([row(open_=1000)], book, Terms({}, states_disputes=True)).changed
    assert (changed.disputed, changed.amount_minor) == (False, 0)


def test_one_number_in_two_currencies_is_two_items_in_any_order() -> None:
    rupees, dollars = row(open_=100, amount=100), row(open_=50, amount=50, currency="USD")
    usd: Key = (*KEY[:6], "USD")
    book = {KEY: held(100, 100), usd: held(50, 50, id=8, currency="USD")}
    for rows in ([rupees, dollars], [dollars, rupees]):
        found = compared(rows, book)
        assert (found.unchanged, found.changed, found.new) == (2, [], [])
    assert [key for key, _ in compared([dollars], book).vanished] == [KEY]
    corrected = compared([dollars], {KEY: held(100, 100)})
    assert [(one.row.currency, one.row.amount_minor) for one in corrected.new] == [("USD", 50)]
    assert corrected.changed == []
