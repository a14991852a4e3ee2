"""Legal clocks from the command line: under the presets chosen, from what the book holds."""

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
