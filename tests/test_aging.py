"""Aging as a pure function: buckets partition, credits stand apart, the proof sees every difference."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collect import aging
from collect.aging import Buckets, OpenLine, Proof

AS_OF = date(2026, 4, 1)
LINES = st.lists(
    st.builds(
        lambda currency, days, amount, is_credit: OpenLine(
            currency, AS_OF - timedelta(days=days), -amount if is_credit else amount, is_credit
        ),
        st.sampled_from(["INR", "KWD"]),
        st.integers(-400, 4000),
        st.integers(1, 10**12),
        st.booleans(),
    ),
    max_size=40,
)
EDGES = st.lists(st.integers(1, 400), min_size=1, max_size=6, unique=True).map(
    lambda days: Buckets(tuple(sorted(days)))
)


def test_buckets_are_named_by_both_their_ends() -> None:
    assert Buckets().keys == ("not_due", "d1_30", "d31_60", "d61_90", "d91_up")
    assert Buckets().labels == ("not due", "1-30", "31-60", "61-90", "91+")
    assert Buckets((15, 45)).keys == ("not_due", "d1_15", "d16_45", "d46_up")


def test_credits_stand_apart_unless_the_net_is_asked_for() -> None:
    """4.00 due 2026-03-19 and a credit note of 3.00 of 2026-03-22."""
    lines = [OpenLine("INR", date(2026, 3, 19), 400), OpenLine("INR", date(2026, 3, 22), -300, is_credit=True)]
    gross, net = aging.age(lines, AS_OF, Buckets()), aging.age(lines, AS_OF, Buckets(), net=True)
    assert (gross["INR"].buckets, gross["INR"].unapplied, gross["INR"].total) == ((0, 400, 0, 0, 0), -300, 100)
    assert (net["INR"].buckets, net["INR"].unapplied, net["INR"].total) == ((0, 100, 0, 0, 0), 0, 100)
    assert (gross["INR"].counts, gross["INR"].items) == ((0, 1, 0, 0, 0), 1)


@given(LINES, EDGES, st.booleans())
def test_buckets_and_unapplied_are_the_whole_ledger(lines: list[OpenLine], buckets: Buckets, net: bool) -> None:
    aged = aging.age(lines, AS_OF, buckets, net=net)
    for currency in {line.currency for line in lines}:
        assert aged[currency].total == sum(line.open_minor for line in lines if line.currency == currency)
        assert aged[currency].items == sum(1 for line in lines if line.currency == currency and not line.is_credit)


@given(st.integers(-400, 4000), EDGES)
def test_the_dates_a_query_compares_say_the_same_as_the_days(days: int, buckets: Buckets) -> None:
    aged_on = AS_OF - timedelta(days=days)
    by_date = sum(aged_on < first for first in buckets.first_days(AS_OF))
    assert buckets.place(days) == by_date


def test_the_proof_names_each_currency_that_differs() -> None:
    proofs = aging.prove({"INR": 100, "USD": 5, "JPY": 0}, {"INR": 100, "EUR": 1})
    assert proofs == {"EUR": Proof(0, 1), "INR": Proof(100, 100), "USD": Proof(5, 0)}
    assert [code for code, proof in proofs.items() if not proof.ok] == ["EUR", "USD"]
    assert not aging.holds(proofs)
    assert aging.holds(aging.prove({"INR": 1}, {"INR": 1}))
