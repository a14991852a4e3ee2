"""Legal clocks from the command line: under the presets chosen, from what the book holds."""

from pathlib import Path
from typing import Any

from tests.conftest import Collect


def rows(collect: Collect, *options: str, today: str) -> list[dict[str, Any]]:
    found = collect("report", "clocks", *options, "--format", "json", today=today).check().json["rows"]
    return list(found)


def book(collect: Collect, *presets: str) -> None:
    """Asha owes 1,000 since 2023-04-10."""
    collect("book", "init").check()
    collect("policy", "use", *presets).check()
    collect("account", "add", "A", "--name", "Asha").check()
    collect(
        "item", "add", "A", "I1", "1000", "--dated", "2023-03-11", "--due", "2023-04-10", today="2023-03-11"
    ).check()


def test_a_bounced_cheque_starts_its_clocks(collect: Collect) -> None:
    """Case IN-N01: back on 2026-03-02, notice received on 04-06; pay by 04-21, complaint by 05-22."""
    book(collect, "in-ni138")
    collect("pay", "A", "300", "--mode", "cheque", "--ref", "000412", today="2026-02-20").check()
    collect("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-03-02").check()
    (notice,) = rows(collect, today="2026-03-10")
    assert (notice["item"], notice["text"], notice["due_on"], notice["days_left"]) == (
        "R-00001",
        "send the notice of dishonour",
        "2026-04-01",
        22,
    )
    collect("log", "A", "letter", "sent", today="2026-03-30").check()
    assert [(row["due_on"], row["state"]) for row in rows(collect, "--all", today="2026-03-31")] == [
        ("2026-04-01", "done")
    ]
    collect("account", "event", "A", "notice-delivered", "--on", "2026-04-06", today="2026-04-07").check()
    assert [(row["due_on"], row["state"]) for row in rows(collect, "--all", today="2026-04-25")] == [
        ("2026-04-01", "done"),
        ("2026-04-21", "missed"),
        ("2026-05-22", "running"),
    ]
    collect("pay", "A", "300", "--on", "2026-04-20", today="2026-04-25").check()
    assert rows(collect, today="2026-04-25") == []


def test_a_debt_is_told_of_three_months_before_it_is_too_old(collect: Collect) -> None:
    """Due 2023-04-10: through 2026-04-10, and told of from 2026-01-10 on."""
    book(collect, "in-limitation")
    collect("config", "set", "policy.on", "IN-LIM").check()
    assert rows(collect, today="2026-01-09") == []
    (one,) = rows(collect, today="2026-01-10")
    assert (one["item"], one["due_on"], one["basis"]) == ("I1", "2026-04-10", "M")
    assert rows(collect, today="2026-04-11") == []
    assert [row["state"] for row in rows(collect, "--all", today="2026-04-11")] == ["missed"]


def test_a_part_payment_in_time_begins_it_anew(collect: Collect) -> None:
    book(collect, "in-limitation")
    collect("config", "set", "policy.on", "IN-LIM").check()
    collect("item", "credit", "A", "50", "--for", "I1", today="2026-02-01").check()
    assert [row["due_on"] for row in rows(collect, today="2026-03-01")] == ["2026-04-10"]
    collect("pay", "A", "100", today="2026-03-15").check()
    assert rows(collect, today="2026-04-01") == []
    (one,) = rows(collect, today="2029-01-01")
    assert (one["due_on"], one["text"]) == ("2029-03-15", "last day to sue, since the part payment of 2026-03-15")


def test_a_signed_acknowledgement_begins_it_anew(collect: Collect) -> None:
    book(collect, "in-limitation")
    collect("config", "set", "policy.on", "IN-LIM").check()
    collect("account", "event", "A", "acknowledgement", "--on", "2026-04-10", today="2026-04-12").check()
    assert rows(collect, "--all", today="2026-04-12") == []


def test_a_payment_taken_back_later_began_it_anew_until_then(collect: Collect) -> None:
    """A cheque of 2026-03-15 comes back on 03-25: until then it had begun the time anew, from then on it has not."""
    book(collect, "in-limitation")
    collect("config", "set", "policy.on", "IN-LIM").check()
    collect("pay", "A", "100", "--mode", "cheque", "--ref", "000412", today="2026-03-15").check()
    collect("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-03-25").check()
    assert [row["due_on"] for row in rows(collect, "A", today="2026-03-20")] == ["2029-03-15"]
    assert [row["due_on"] for row in rows(collect, "A", today="2026-03-25")] == ["2026-04-10"]


def test_the_notice_counts_by_the_day_at_the_office(collect: Collect) -> None:
    """A letter of 2026-04-02, 03:00 in India, is 2026-04-01 in Greenwich: one day too late all the same."""
    book(collect, "in-ni138")
    collect("pay", "A", "300", "--mode", "cheque", "--ref", "000412", today="2026-02-20").check()
    collect("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-03-02").check()
    collect("log", "A", "letter", "sent", "--at", "2026-04-02T03:00", today="2026-04-02").check()
    assert [row["state"] for row in rows(collect, "--all", today="2026-04-03")] == ["missed"]


def test_the_queue_says_by_when_the_notice_must_go_out(collect: Collect) -> None:
    """Case IN-N01 from end to end: in the queue until the letter is logged, then until the complaint."""
    book(collect, "in-ni138")
    collect("pay", "A", "300", "--mode", "cheque", "--ref", "000412", today="2026-02-20").check()
    collect("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-03-02").check()
    said = "notice must go out by 2026-04-01, cheque of R-00001"
    (first,) = collect("queue", "--format", "json", today="2026-03-20").check().json["rows"]
    assert said in [reason["text"] for reason in first["reasons"]]
    collect("why", "A", today="2026-03-20").check(stdout=said)
    collect("log", "A", "letter", "sent", today="2026-03-21").check()
    assert said not in collect("why", "A", today="2026-03-22").check().stdout
    collect("account", "event", "A", "notice-delivered", "--on", "2026-04-06", today="2026-04-07").check()
    collect("why", "A", today="2026-04-22").check(stdout="complaint must be filed by 2026-05-22, cheque of R-00001")


def charged(collect: Collect, *options: str, today: str = "2026-04-01") -> Any:
    return collect("report", "interest", *options, "--format", "json", today=today).check().json


def test_interest_to_a_small_supplier(collect: Collect) -> None:
    """1,00,000 billed on 2026-01-01, terms of 30 days: due 01-31; 2,016.58 by 03-14, as in the worked figure."""
    collect("book", "init").check()
    collect("policy", "use", "in-msmed", "--country", "IN").check()
    collect("account", "add", "A", "--name", "Asha").check()
    collect("item", "add", "A", "I1", "100000", "--dated", "2026-01-01", "--due", "2026-01-31").check()
    collect("item", "add", "A", "I2", "500", "--dated", "2026-03-10", "--due", "2026-05-30").check()
    found = charged(collect, today="2026-03-14")
    (row,) = found["rows"]
    assert (row["item"], row["amount"], row["from_on"], row["to_on"], row["days"]) == (
        *("I1", "2016.58", "2026-02-01", "2026-03-14", 42),
    )
    assert (row["rule"], row["text"], row["basis"]) == ("IN-MSMED", "3 x bank rate, monthly rests", "S")
    assert found["totals"] == [{"currency": "INR", "amount": "2016.58"}]
    assert "sums from facts, not legal advice" in found["notes"]
    cited = "IN-MSMED: Micro, Small and Medium Enterprises Development Act 2006 ss 15, 16 (basis S)"
    known = "the newest rate known is that from 2025-12-05"
    unsure = "its rates are from memory: compare them with the central bank's before you claim"
    assert f"{cited}; {known}; {unsure}" in found["notes"]
    assert [row["item"] for row in charged(collect, today="2026-04-25")["rows"]] == ["I1", "I2"]  # 45 days are over


def test_british_interest_and_the_fixed_sum(collect: Collect) -> None:
    """Case UK-L05 and UK-L02: 32.67 and 70; paid on 2024-03-16 it is told of with --all only, and grows no more."""
    collect("book", "init", "--currency", "GBP").check()
    collect("policy", "use", "uk-b2b").check()
    collect("account", "add", "A", "--name", "Asha").check()
    added = ("--dated", "2024-01-01", "--due", "2024-01-31")
    collect("item", "add", "A", "I1", "2000", *added, today="2024-01-01").check()
    assert [row["amount"] for row in charged(collect, "A", today="2024-03-16")["rows"]] == ["32.67", "70.00"]
    collect("pay", "A", "2000", "--mode", "bank", "--ref", "B1", today="2024-03-16").check()
    assert charged(collect, "A", today="2024-06-30")["rows"] == []
    late = charged(collect, "A", "--all", today="2024-06-30")["rows"]
    assert [(row["amount"], row["open"], row["to_on"]) for row in late] == [
        ("32.67", "0.00", "2024-03-16"),
        ("70.00", "0.00", "2024-02-01"),
    ]
    assert [row["amount"] for row in charged(collect, "--as-of", "2024-03-16", today="2024-06-30")["rows"]] == []


def test_a_rate_the_preset_does_not_know_is_asked_for_and_set(collect: Collect) -> None:
    """GBP 1,000 due 2026-07-31: no rate ships for that half-year; at 3.75 and 8 per cent 31 days give 9.98."""
    collect("book", "init", "--currency", "GBP").check()
    collect("policy", "use", "uk-b2b").check()
    collect("account", "add", "A", "--name", "Asha").check()
    collect("item", "add", "A", "I1", "1000", "--dated", "2026-07-01", "--due", "2026-07-31").check()
    (row, fixed) = charged(collect, today="2026-08-31")["rows"]
    assert (row["amount"], row["text"], fixed["amount"]) == (
        *(None, "no reference rate known for the half-year from 2026-07-01", "70.00"),
    )
    collect("config", "set", "interest.rates", "UK-LPCDA-INT 2026-07-01=3.75").check()
    assert charged(collect, today="2026-08-31")["rows"][0]["amount"] == "9.98"


def test_an_item_known_only_by_its_bucket_bears_no_interest(collect: Collect, tmp_path: Path) -> None:
    sheet = tmp_path / "aged.csv"
    sheet.write_text("Customer,Not due,1-30,31-60,Total\nAsha,0,500,0,500\nBina,100,0,0,100\n", encoding="utf-8")
    collect("book", "init", "--currency", "GBP").check()
    collect("policy", "use", "uk-b2b").check()
    collect("import", "ledger", sheet, "--as-of", "2026-03-31").check()
    found = charged(collect)
    assert (found["rows"], found["notes"][2]) == (*([], "items left out, their due day is known only by a bucket: 2"),)


def lent(collect: Collect) -> None:
    """Two loans of one borrower: L1 due 2021-03-31, L2 due 2021-06-21; L3 of another, due 2021-06-20."""
    collect("book", "init").check()
    collect("policy", "use", "in-irac").check()
    for number in ("L1", "L2", "L3"):
        collect("account", "add", number, "--name", f"Loan {number}").check()
    for number in ("L1", "L2"):
        collect("account", "set", number, "--party", "P-1").check()
    for number, due in (("L1", "2021-03-31"), ("L2", "2021-06-21"), ("L3", "2021-06-20")):
        collect("item", "add", number, f"E-{number}", "1000", "--dated", "2021-01-01", "--due", due).check()


def classed(collect: Collect, *options: str, today: str) -> list[tuple[Any, ...]]:
    found = collect("report", "classes", *options, "--format", "json", today=today).check().json
    return [(row["account"], row["class"], row["days"], row["next"], row["next_on"]) for row in found["rows"]]


def test_the_class_of_each_loan(collect: Collect) -> None:
    """The regulator's illustration: SMA-1 on 04-30, SMA-2 on 05-30, NPA on 06-29, all loans of the borrower with it."""
    lent(collect)
    assert classed(collect, today="2021-04-29") == [("L1", "SMA-0", 30, "SMA-1", "2021-04-30")]
    assert classed(collect, today="2021-06-28") == [
        ("L1", "SMA-2", 90, "NPA", "2021-06-29"),
        ("L3", "SMA-0", 9, "SMA-1", "2021-07-20"),
        ("L2", "SMA-0", 8, "NPA", "2021-06-29"),
    ]
    assert classed(collect, "L2", today="2021-06-29") == [("L2", "NPA", 9, None, None)]


def test_an_npa_is_standard_again_only_when_all_arrears_are_paid(collect: Collect) -> None:
    lent(collect)
    collect("pay", "L1", "400", "--mode", "upi", "--ref", "U1", today="2021-06-30").check()
    assert classed(collect, today="2021-07-01")[0] == ("L1", "NPA", 93, None, None)
    collect("pay", "L1", "600", "--mode", "upi", "--ref", "U2", today="2021-07-01").check()
    assert classed(collect, "L1", today="2021-07-01") == [("L1", "NPA", 0, None, None)]
    collect("pay", "L2", "1000", "--mode", "upi", "--ref", "U3", today="2021-07-02").check()
    assert classed(collect, "--all", today="2021-07-02") == [
        ("L3", "SMA-0", 13, "SMA-1", "2021-07-20"),
        ("L1", "STANDARD", 0, None, None),
        ("L2", "STANDARD", 0, None, None),
    ]
    assert classed(collect, "L1", today="2021-06-29") == [("L1", "NPA", 91, None, None)]


def test_the_queue_says_until_when_a_debt_can_be_sued_for(collect: Collect) -> None:
    """Due 2023-04-10: told of from 2026-01-10 on; a part payment of 2026-03-15 begins the three years anew."""
    book(collect, "in-limitation")
    collect("config", "set", "policy.on", "IN-LIM").check()
    said = "last day to sue for I1 is 2026-04-10"
    assert said not in collect("why", "A", today="2026-01-09").check().stdout
    collect("why", "A", today="2026-01-10").check(stdout=said)
    collect("pay", "A", "100", today="2026-03-15").check()
    assert said not in collect("why", "A", today="2026-03-16").check().stdout
    collect("why", "A", today="2026-03-14").check(stdout=said)
