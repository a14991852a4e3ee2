"""What late payment adds by law, in worked figures: compound to a small supplier, simple and a fixed sum elsewhere."""

from datetime import date

import pytest

from collect import interest, presets
from collect.errors import WrongUsage
from collect.interest import Balance, Charge, Debt
from collect.presets import Rule


def rule(preset: str, name: str) -> Rule:
    return next(one for one in presets.load(preset).rules if one.id == name)


SUPPLIER = rule("in-msmed", "IN-MSMED")
UK = [rule("uk-b2b", "UK-LPCDA-INT"), rule("uk-b2b", "UK-LPCDA-COMP")]
EU = [rule("eu-b2b", "EU-LPD-INT"), rule("eu-b2b", "EU-LPD-FIX")]


def debt(minor: int, currency: str, due: str, *paid: tuple[str, int], accepted: str = "") -> Debt:
    """A debt of so many minor units; each of `paid` is a day and what was open from its end on."""
    first = date.fromisoformat(accepted or due)
    balances = [Balance(first, minor), *(Balance(date.fromisoformat(day), left) for day, left in paid)]
    return Debt(1, "I1", currency, first, date.fromisoformat(due), agreed=True, balances=tuple(balances))


def charged(rules: list[Rule], one: Debt, today: str) -> list[Charge]:
    return interest.charges(rules, one, date.fromisoformat(today))


@pytest.mark.parametrize(
    ("agreed", "due"), [(None, "2026-03-16"), ("2026-03-31", "2026-03-31"), ("2026-05-30", "2026-04-15")]
)
def test_a_small_supplier_is_paid_within_45_days_and_15_by_default(agreed: str | None, due: str) -> None:
    agreed_on = date.fromisoformat(agreed) if agreed else None
    assert str(interest.supplier_due_on(SUPPLIER, date(2026, 3, 1), agreed_on)) == due


def test_interest_to_a_small_supplier_compounds_monthly() -> None:
    """1,00,000.00 due 2026-01-31 at 3 x 5.50 %: February 1,375.00; 14 days of March on 1,01,375.00: 641.58."""
    late = debt(100_000_00, "INR", "2026-01-31", accepted="2026-01-01")
    (found,) = charged([SUPPLIER], late, "2026-03-14")
    assert (found.amount_minor, str(found.from_on), found.days) == (2016_58, "2026-02-01", 42)
    assert (found.text, found.basis) == ("3 x bank rate, monthly rests", "S")
    assert charged([SUPPLIER], late, "2026-01-31") == []


def test_each_rest_takes_the_bank_rate_of_its_first_day() -> None:
    """One month from 2025-11-10 at 3 x 5.75 % is 1,437.50; the next, from 12-10, at 3 x 5.50 %: 1,394.77."""
    (found,) = charged([SUPPLIER], debt(100_000_00, "INR", "2025-11-09"), "2026-01-09")
    assert found.amount_minor == 1437_50 + 1394_77


def test_what_is_paid_comes_off_the_debt_on_its_day() -> None:
    """14 days of February on 1,00,000 and 14 on 60,000 at 16.5 %: 632.88 + 379.73, by days of 365: 1,012.60."""
    late = debt(100_000_00, "INR", "2026-01-31", ("2026-02-14", 60_000_00))
    assert charged([SUPPLIER], late, "2026-02-28")[0].amount_minor == 1012_60


def test_interest_ends_with_the_debt_and_begins_again_when_the_cheque_comes_back() -> None:
    """Paid on 2026-02-14, back on 02-20: 14 days and 8 days of February at 16.5 % of 1,00,000: 994.52."""
    late = debt(100_000_00, "INR", "2026-01-31", ("2026-02-14", 0))
    (paid,) = charged([SUPPLIER], late, "2026-12-31")
    assert (paid.amount_minor, str(paid.to_on), paid.days) == (632_88, "2026-02-14", 14)
    back = late._replace(balances=(*late.balances, Balance(date(2026, 2, 20), 100_000_00)))
    (again,) = charged([SUPPLIER], back, "2026-02-28")
    assert (again.amount_minor, again.days) == (994_52, 22)
    assert (late.paid_on, back.paid_on) == (date(2026, 2, 14), None)


def test_a_month_in_which_nothing_was_owed_adds_nothing() -> None:
    """Paid on 2026-02-28, back on 03-31: February 1,375.00 and April on 1,01,375.00 at a twelfth: 1,393.91."""
    back = debt(100_000_00, "INR", "2026-01-31", ("2026-02-28", 0), ("2026-03-31", 100_000_00))
    (found,) = charged([SUPPLIER], back, "2026-04-30")
    assert (found.amount_minor, found.days) == (1375_00 + 1393_91, 58)


def test_where_no_bank_rate_is_known_no_sum_is_made_up() -> None:
    """The table begins on 2020-05-22."""
    (found,) = charged([SUPPLIER], debt(100_000_00, "INR", "2020-03-31"), "2020-07-31")
    assert (found.amount_minor, found.text) == (
        None,
        "3 x bank rate, monthly rests; no bank rate known for 2020-04-01",
    )


def test_late_payment_between_british_businesses() -> None:
    """Case UK-L05: GBP 2,000 late in the first half of 2024 for 45 days at 13.25 %: 32.67; and 70 once (UK-L02)."""
    late = debt(2000_00, "GBP", "2024-01-31")
    found = charged(UK, late, "2024-03-16")
    assert [(one.amount_minor, one.text, one.days) for one in found] == [
        (32_67, "simple interest at 13.25%, 8 above the reference rate", 45),
        (70_00, "fixed sum, once", 0),
    ]
    assert charged(UK, late, "2024-01-31") == []


def test_the_british_rate_stays_that_of_the_half_year_in_which_it_became_late() -> None:
    """Late from 2024-07-01 on: 5.25 and 8 per cent throughout, though the base rate fell; 366 days on 1,000: 132.86."""
    found = charged(UK, debt(1000_00, "GBP", "2024-06-30"), "2025-07-01")
    assert (found[0].amount_minor, found[0].days) == (132_86, 366)


def test_part_of_it_paid_bears_interest_to_its_day() -> None:
    """20 days on 2,000 and 25 on 1,500 at 13.25 %: 28.13; the fixed sum is that of 2,000."""
    found = charged(UK, debt(2000_00, "GBP", "2024-01-31", ("2024-02-20", 1500_00)), "2024-03-16")
    assert [one.amount_minor for one in found] == [28_13, 70_00]


def test_the_european_rate_changes_with_the_half_year() -> None:
    """EUR 5,000: ten days of June 2026 at 10.15 % and ten of July at 10.40 %: 28.15; and 40 once."""
    found = charged(EU, debt(5000_00, "EUR", "2026-06-20"), "2026-07-10")
    assert [(one.amount_minor, one.text) for one in found] == [
        (28_15, "simple interest at 10.15%, 10.40%, 8 above the reference rate"),
        (40_00, "fixed sum, once"),
    ]
    assert charged(EU[:1], debt(5000_00, "EUR", "2026-01-31"), "2026-03-02")[0].amount_minor == 41_71


def test_a_half_year_without_a_rate_gets_one_by_the_setting() -> None:
    late = debt(1000_00, "GBP", "2026-07-31")
    (found,) = charged(UK[:1], late, "2026-08-31")
    assert (found.amount_minor, found.text) == (None, "no reference rate known for the half-year from 2026-07-01")
    later = interest.later_rates("UK-LPCDA-INT 2026-07-01=3.75, 2027-01-01=3.5; IN-MSMED 2026-06-05=5.25")
    given = interest.with_rates(UK[0], later)
    assert charged([given], late, "2026-08-31")[0].amount_minor == 9_98
    assert (str(interest.last_rate_on(given)), interest.last_rate_on(UK[1])) == ("2027-01-01", None)
    assert interest.with_rates(EU[0], later) is EU[0]


@pytest.mark.parametrize("text", ["UK-LPCDA-INT", "UK-LPCDA-INT 2026-02-30=3", "UK-LPCDA-INT 2026-07-01=x"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a rate from a day"):
        interest.later_rates(text)


def test_only_debts_in_the_currency_of_the_rule_and_late_ones_bear_it() -> None:
    assert charged(UK, debt(2000_00, "INR", "2024-01-31"), "2024-03-16") == []
    assert charged(UK, debt(2000_00, "GBP", "2024-01-31", ("2024-01-31", 0)), "2024-03-16") == []
    assert interest.half_year(date(2026, 6, 30)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("IN-LIM 2026-01-01=3", "not a rule with rates: IN-LIM"),
        ("XX 2026-01-01=3", "not a rule with rates: XX"),
        ("UK-LPCDA-INT 2026-07-15=3", "a reference rate from another day: 2026-07-15"),
    ],
)
def test_a_rate_that_would_never_be_looked_up_is_refused(text: str, said: str) -> None:
    rules = {one.id: one for name in presets.names() for one in presets.load(name).rules}
    with pytest.raises(WrongUsage, match=said):
        interest.check_rates(interest.later_rates(text), rules)
    interest.check_rates(interest.later_rates("IN-MSMED 2026-06-05=5.25; UK-LPCDA-INT 2026-07-01=3"), rules)
