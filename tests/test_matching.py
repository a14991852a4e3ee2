"""Whose payment is it: numbers, names and amounts in a line of a statement, and how sure they make us."""

import time

import pytest

from collect.matching import Debtor, Matcher, Owed, line_key, numbered
from collect.payment_rows import Paid

ASHA, RAVI, MEHTA, MEHRA = (
    Debtor(1, "C-104", ("Asha Traders Pvt Ltd", "ASHA TRADERS")),
    Debtor(2, "C-105", ("Ravi & Sons",)),
    Debtor(3, "C-106", ("Mehta Hardware Stores",)),
    Debtor(4, "C-107", ("Mehra Hardware Stores",)),
)
OWED = (
    Owed(1, "INV-1001", "INR", 118000),
    Owed(1, "INV-1002", "INR", 50000),
    Owed(2, "INV-1003", "INR", 700050),
    Owed(3, "88", "INR", 25000),
    Owed(4, "INV-1004", "INR", 25000),
    Owed(4, "INV-1003", "USD", 9900),
)


def paid(narration: str = "", minor: int = 118000, **more: str) -> Paid:
    blank = dict.fromkeys(("reference", "payer", "account", "number"), "")
    return Paid(1, "2026-04-02", "INR", minor, "bank", narration=narration, **{**blank, **more})


def found(line: Paid) -> tuple[list[int], bool]:
    """Accounts, the best first, and whether the first is certain."""
    match = Matcher((ASHA, RAVI, MEHTA, MEHRA), OWED).match(line)
    return [one.account_id for one in match.candidates], match.certain


@pytest.mark.parametrize(
    "narration",
    [
        "NEFT CR-HDFC0000123-SOMEBODY ELSE-INV-1001-HDFCN52026040212345",
        "IMPS/inv 1001/anything",
        "towards Inv1001",
        "RTGS C-104 payment",
    ],
)
def test_a_number_in_the_narration_is_certain(narration: str) -> None:
    assert found(paid(narration, minor=33300)) == ([1], True)


def test_a_number_that_two_accounts_have_is_not_certain() -> None:
    assert found(paid("INV-1003", minor=33300)) == ([2, 4], False)


def test_numbers_of_two_accounts_contradict_each_other() -> None:
    assert found(paid("INV-1001 C-105", minor=33300)) == ([1, 2], False)


def test_a_column_that_names_the_customer_or_the_bill_is_certain() -> None:
    assert found(paid(account="c 104", minor=1)) == ([1], True)
    assert found(paid(number="88", minor=1)) == ([3], True)
    assert found(paid("88", minor=1)) == ([], False)


def test_a_name_with_its_exact_amount_is_certain_and_says_why() -> None:
    match = Matcher((ASHA, RAVI, MEHTA, MEHRA), OWED).match(paid("UPI/412345678901/RAVI AND SONS/okaxis", 700050))
    assert match.certain
    assert match.candidates[0].reasons == ("name like Ravi & Sons (100 %)", "the whole balance")


def test_a_name_that_the_bank_cut_off_still_counts() -> None:
    assert found(paid("UPI/412345678901/ASHA TRADERS PV/ybl", 50000)) == ([1], True)


def test_a_name_alone_or_an_amount_alone_is_a_suggestion() -> None:
    assert found(paid("NEFT ASHA TRADERS", 77700)) == ([1], False)
    assert found(paid("BY TRANSFER", 700050)) == ([2], False)
    assert found(paid("UPI/asha", 77700)) == ([1], False)
    assert found(paid("BY TRANSFER", 1)) == ([], False)


def test_two_names_that_are_nearly_the_same_are_not_told_apart_by_one_amount_both_owe() -> None:
    ids, certain = found(paid("NEFT MEHTA HARDWARE STORES", 25000))
    assert ids[0] == 3
    assert set(ids) == {3, 4}
    assert not certain


def test_who_paid_for_an_account_before_is_known_again() -> None:
    line = paid("UPI/41999/K S RAO/rao77@ybl", 50000)
    match = Matcher((ASHA, RAVI), OWED, {"rao77@ybl": frozenset({1})}).match(line)
    assert [one.account_id for one in match.candidates] == [1]
    assert match.certain
    assert match.candidates[0].reasons == ("paid for it before", "amount of an open item")
    other = Matcher((ASHA, RAVI), OWED, {"rao77@ybl": frozenset({1, 2})}).match(line)
    assert {one.account_id for one in other.candidates} == {1, 2}


def test_a_line_is_the_same_however_it_is_spaced() -> None:
    one, other = paid("NEFT  INV-1001", reference="HDFC N1"), paid("neft inv 1001", reference="HDFCN1")
    assert line_key(one) == line_key(other)
    assert [nth for _, _, nth in numbered([one, paid("x"), other])] == [1, 1, 2]


def test_a_thousand_lines_meet_fifty_thousand_items() -> None:
    """The promise is five thousand in ten seconds; of the processor's time, so that a busy machine is no failure."""
    words = [
        first + last
        for first in ("ka", "mi", "ra", "to", "pu", "ne", "sha", "vi", "ja", "lo")
        for last in ("ran", "dev", "nath", "tel", "kar")
    ]
    names = [f"{words[at % 50]}{words[at // 50 % 50]} {words[at * 7 % 50]} traders" for at in range(10_000)]
    debtors = [Debtor(at, f"C{10_000 + at}", (name,)) for at, name in enumerate(names)]
    owed = [Owed(at % 10_000, f"INV-{100_000 + at}", "INR", 10_000 + at * 37 % 900_000) for at in range(50_000)]
    lines = [
        paid(
            (f"NEFT {names[at]} INV-{100_000 + at}", f"UPI/{names[at][:15]}/ybl", f"IMPS {names[at]}")[at % 3],
            owed[at].open_minor,
        )
        for at in range(1_000)
    ]
    began = time.process_time()
    matcher = Matcher(debtors, owed)
    matches = [matcher.match(line) for line in lines]
    assert time.process_time() - began < 10
    assert all(
        match.certain and match.candidates[0].account_id == at for at, match in enumerate(matches) if at % 3 == 0
    )
