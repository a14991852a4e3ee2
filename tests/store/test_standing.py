"""How contact stands on many accounts at once is how it stands on each, asked alone and in full."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from collect import book as books
from collect.store import accounts, clearances, gate, standing
from tests.conftest import Collect

OFFICE = ZoneInfo("Asia/Kolkata")
ZONES = ("", "America/Chicago", "Europe/London", "America/Chicago,America/Los_Angeles")


@pytest.fixture
def office(collect: Collect) -> Collect:
    """Two dozen accounts here and there, some with contacts of the last days, holds, promises, a party."""
    random = Random(4)  # noqa: S311 - a repeatable sample
    collect("book", "init").check()
    for number in range(24):
        account = f"A{number}"
        collect("account", "add", account, "--phone", f"98200 {number:05d}").check()
        collect("account", "set", account, "--zone", random.choice(ZONES), "--party", f"P{number // 2}").check()
        for _ in range(random.choice((0, 0, 1, 6, 8))):
            at = f"2026-03-{random.randint(20, 31)} {random.randint(9, 18)}:00"
            outcome = random.choice(("no-answer", "spoke", "wrong-number"))
            collect("log", account, "call", outcome, "--at", at, "--why", "a sample").check()
        if number % 7 == 0:
            collect("account", "hold", account, random.choice(("cease", "hardship")), "--until", "2026-05-01").check()
        if number % 5 == 0:
            collect("account", "set", account, "--party", "").check()
    return collect


@pytest.mark.parametrize("preset", ["policy", "us-fdcpa", "au-rg96"])
def test_the_clearance_and_the_gate_agree(office: Collect, preset: str) -> None:
    office("policy", "use", preset).check()
    by_clearance = 0
    for hour in (3, 9, 15, 22):
        with books.open_book(office.book, now=datetime(2026, 4, 1, hour, tzinfo=UTC)) as book:
            everyone = accounts.everyone(book)
            clear = standing._clear(book, everyone)
            judged = standing._judged(book, everyone, OFFICE)
            assert clear == {account: judged[account] for account in clear}
            assert {one: stand.allowed for one, stand in standing.of(book, everyone).items()} == {
                one: stand.allowed for one, stand in judged.items()
            }
            by_clearance += len(clear)
    assert by_clearance or preset == "au-rg96"


def test_many_at_once_are_judged_as_each_alone(office: Collect) -> None:
    with books.open_book(office.book, now=datetime(2026, 4, 1, 6, tzinfo=UTC)) as book:
        rules, everyone = gate.of(book), accounts.everyone(book)
        together = list(gate.answers(book, rules, everyone, book.now))
        alone = [answer for one in everyone for answer in gate.answers(book, rules, [one], book.now)]
    assert together == alone
    assert len({verdict.verdict for *_, verdict in together}) > 1


def test_a_clearance_of_other_rules_or_another_time_is_made_anew(office: Collect) -> None:
    def kept(today: str) -> list[str]:
        with books.open_book(office.book, now=datetime.fromisoformat(f"{today}T10:00+05:30")) as book:
            clearance = clearances.of(book)
        return [clearance.preset, str(clearance.until_on)] if clearance else []

    office("policy", "use", "in-rbi-2022").check()
    assert kept("2026-04-01") == ["in-rbi-2022", "2027-01-01"]
    office("config", "set", "policy.caps", "call:3/7").check()
    assert kept("2026-04-01") == []
    office("log", "A1", "call", "no-answer", today="2026-04-02").check()
    assert kept("2026-04-02") == ["in-rbi-2022", "2027-01-01"]
    later = (datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=1)).date().isoformat()
    office("log", "A1", "call", "no-answer", today=later).check()
    assert kept(later)[0] == "in-rbi-2027"
