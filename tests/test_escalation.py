"""The ladder of stages: read from a setting, proposed step by step, moved by a person."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect import config, escalation, planterms
from collect.errors import Refused, WrongUsage
from collect.escalation import Facts, Move, Proposal, Step
from collect.planterms import Staff

STEPS = escalation.ladder(
    "reminder days=1; call days=15 broken=1 after=7; visit days=30 from=5000; legal days=60 after=10 approval"
)
DUE = date(2026, 1, 31)


def facts(stage: str = "", moved: int = 0, *, overdue: int = 10_000_00, broken: int = 0) -> Facts:
    """An account whose oldest item fell due on 2026-01-31; moved to a stage so many days after that."""
    last = Move(1, stage, DUE + timedelta(days=moved)) if stage else None
    return Facts(1, {"INR": overdue}, DUE, broken, last)


def proposed(one: Facts, days: int) -> str:
    """Name of the step proposed so many days after the due day, '' where there is none."""
    found = escalation.propose(STEPS, one, DUE + timedelta(days=days))
    return found.step.name if found else ""


def test_a_ladder_is_read_from_words() -> None:
    assert STEPS[1:] == (
        Step("call", 15, 0, 1, 7),
        Step("visit", 30, 5000),
        Step("legal", 60, 0, 0, 10, approval=True),
    )


def test_the_ladder_that_ships() -> None:
    steps = escalation.ladder(config.SETTINGS["stages.ladder"].default)
    assert [step.name for step in steps] == [
        *(
            "reminder",
            "second reminder",
            "call",
            "visit",
            "demand",
            "final notice",
            "legal review",
            "legal",
            "written off",
        )
    ]
    assert [step.name for step in steps if step.approval] == ["legal review", "legal", "written off"]


@pytest.mark.parametrize(
    "text", ["", "call", "days=3", "call days=x", "call days=3 often", "call days=3 who=me", "a days=1; a days=2"]
)
def test_words_that_are_no_ladder(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a "):
        escalation.ladder(text)


def test_the_days_of_a_ladder_rise() -> None:
    with pytest.raises(WrongUsage, match="comes before the one below it: visit"):
        escalation.ladder("call days=9; visit days=1")


def test_a_move_needs_a_stage_there_is() -> None:
    with pytest.raises(WrongUsage, match="no such stage: prison"):
        escalation.move(STEPS, facts(), "prison", DUE)
    with pytest.raises(Refused, match="no stage above: legal"):
        escalation.move(STEPS, facts("legal", 60), "", DUE + timedelta(days=90))


def test_a_step_is_proposed_from_its_day_on() -> None:
    assert [proposed(facts(), days) for days in (0, 1, 90)] == ["", "reminder", "reminder"]
    assert [proposed(facts("reminder", 1), days) for days in (14, 15, 90)] == ["", "call", "call"]


def test_a_broken_promise_opens_a_step_before_its_day() -> None:
    found = escalation.propose(STEPS, facts("reminder", 1, broken=1), DUE + timedelta(days=8))
    assert found == Proposal(STEPS[1], "a broken promise, reminder since 2026-02-01")
    assert proposed(facts("reminder", 2, broken=1), 8) == "", "not within 7 days of the step before"


def test_a_step_waits_for_its_amount_and_is_not_skipped() -> None:
    assert proposed(facts("call", 15, overdue=4_999_99), 90) == ""
    assert proposed(facts("call", 15, overdue=5_000_00), 90) == "visit"


def test_what_is_wholly_disputed_goes_nowhere() -> None:
    assert proposed(facts(overdue=0), 90) == ""


def test_after_all_was_paid_the_next_debt_begins_at_the_foot() -> None:
    """Moved to a visit on the day the item of today fell due: that move was for another debt."""
    assert proposed(facts("visit", 0), 30) == "reminder"
    assert escalation.current(facts("visit", 1)) is not None


def test_nothing_is_proposed_at_the_top_or_beside_the_ladder() -> None:
    assert proposed(facts("legal", 60), 400) == ""
    assert proposed(facts("dunning", 60), 400) == ""


@given(st.lists(st.integers(0, 40), max_size=12))
def test_running_it_often_neither_skips_nor_repeats(gaps: list[int]) -> None:
    """However often it is looked at, whoever follows the proposals goes up one step at a time, each once."""
    one, day, walked = facts(), DUE, []
    for gap in gaps:
        day += timedelta(days=gap)
        for _ in range(3):
            found = escalation.propose(STEPS, one, day)
            if found:
                walked.append(found.step)
                one = one._replace(last=Move(1, found.step.name, day))
    assert walked == list(STEPS[: len(walked)])


def test_a_person_moves_up_by_one_and_down_to_any() -> None:
    today = DUE + timedelta(days=40)
    assert escalation.move(STEPS, facts("call", 15), "", today) == (STEPS[2], "")
    assert escalation.move(STEPS, facts("visit", 30), "reminder", today) == (STEPS[0], "")
    with pytest.raises(Refused, match="a stage would be skipped: visit"):
        escalation.move(STEPS, facts("call", 15), "legal", today)
    with pytest.raises(Refused, match="at this stage already: call"):
        escalation.move(STEPS, facts("call", 15), "call", today)


def test_a_move_before_its_time_says_so() -> None:
    step, against = escalation.move(STEPS, facts("reminder", 1), "", DUE + timedelta(days=3))
    assert (step.name, against) == ("call", "3 days overdue, not 15")
    assert escalation.move(STEPS, facts("call", 15, overdue=100_00), "", DUE + timedelta(days=60))[1] == (
        "less than 5,000 overdue: INR 100.00"
    )


def test_from_a_stage_no_longer_on_the_ladder_any_is_open() -> None:
    assert escalation.move(STEPS, facts("dunning", 9), "visit", DUE + timedelta(days=60))[0].name == "visit"


NOBODY = Staff((), {})


def approved(step: Step, by: str, staff: Staff = NOBODY) -> None:
    """Asha moves an account to a step that `by` approved."""
    escalation.check_approval(step, staff.person("asha"), staff.person(by), staff)


def test_a_legal_step_needs_somebody_else() -> None:
    for approved_by in ("", "  ", "asha", "ASHA "):
        with pytest.raises(Refused, match="needs the approval of somebody else: legal"):
            approved(STEPS[3], approved_by)
    approved(STEPS[3], "meena")
    approved(STEPS[0], "")


def test_where_roles_are_known_the_approver_has_one() -> None:
    staff = Staff((), planterms.roles("asha=agent, meena=head"))
    with pytest.raises(Refused, match="nobody with a role, so not one to approve: ravi"):
        approved(STEPS[3], "ravi", staff)
    approved(STEPS[3], "Meena", staff)


def test_where_roles_have_levels_the_approver_stands_above() -> None:
    limits = planterms.limits("agent:1:10; head:3:60", "INR")
    staff = Staff(limits, planterms.roles("asha=agent, ravi=agent, meena=head"))
    with pytest.raises(Refused, match="not above the level of asha, so not one to approve: ravi"):
        approved(STEPS[3], "ravi", staff)
    approved(STEPS[3], "meena", staff)
