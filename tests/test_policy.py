"""The gate as the queue and `collect can` ask it."""

from datetime import UTC, date, datetime, timedelta

from collect import policy
from collect.policy_counts import Usage
from collect.policy_facts import Asked, Contact, Event, Facts, Hold, Scope, Wish
from collect.presets import chain, own

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 11:30 in Kolkata, 01:00 in New York
INDIA = ("Asia/Kolkata",)
MERCHANT = chain()


def asked(
    at: datetime = MONDAY, channel: str = "call", zones: tuple[str, ...] = INDIA, role: str = "borrower"
) -> Asked:
    return Asked(at, channel, zones, role, debts=("A1",))


def test_an_open_gate_says_so_and_names_no_law_where_none_is_chosen() -> None:
    verdict = policy.judge(MERCHANT, asked())
    assert (verdict.verdict, verdict.findings, verdict.next_allowed_at) == ("ALLOW", (), MONDAY)
    assert (verdict.preset, verdict.preset_version) == ("policy", "1")
    assert verdict.allowed


def test_a_shut_gate_names_rule_citation_basis_and_the_next_lawful_moment() -> None:
    verdict = policy.judge(chain("in-rbi-2022"), asked(datetime(2026, 11, 23, 14, 0, tzinfo=UTC)))
    (finding,) = verdict.findings
    assert (verdict.verdict, finding.rule, finding.basis) == ("BLOCK", "IN-RBI22-HOURS", "S")
    assert finding.why == "Mon 19:30 in Asia/Kolkata; open is 08:00-19:00"
    assert finding.citation.startswith("RBI/2022-23/108")
    assert verdict.next_allowed_at == datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    assert not verdict.allowed


def test_the_worst_finding_stands_and_comes_first() -> None:
    """Seven texts, a hold for hardship and an hour at night: WARN, REASON, and the hour's own REASON."""
    texts = tuple(Contact(MONDAY - timedelta(hours=hours), "sms") for hours in range(1, 8))
    facts = Facts(texts, holds=(Hold("do-not-contact", MONDAY),))
    verdict = policy.judge(MERCHANT, asked(channel="sms"), facts)
    assert [finding.rule for finding in verdict.findings] == ["HOLD-DNC", "POL-CAP-MESSAGES"]
    assert (verdict.verdict, verdict.next_allowed_at) == ("BLOCK", None)


def test_a_preset_binds_only_those_it_applies_to() -> None:
    presets = chain("us-fdcpa")
    late = asked(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), zones=("America/New_York",))  # 22:00
    assert policy.judge(presets, late).preset == "us-fdcpa"
    own_name = policy.judge(presets, late, scope=Scope("US", "first", "consumer"))
    assert (own_name.preset, own_name.verdict, own_name.findings[0].rule) == ("policy", "REASON", "POL-HOURS")
    assert policy.judge(presets, late, scope=Scope("US", "third", "consumer")).verdict == "BLOCK"


def test_a_loan_of_a_kind_the_directions_leave_out_falls_under_its_own_preset() -> None:
    presets = chain("in-rbi-2022", "in-mfi")
    early = asked(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))  # 08:30
    small, other = (Scope("IN", regulated_lender=True, product=product) for product in ("microfinance", "gold"))
    assert policy.judge(presets, early, scope=small).preset == "in-mfi"
    assert policy.judge(presets, early, scope=small).verdict == "BLOCK"
    assert policy.judge(presets, early, scope=other).verdict == "ALLOW"


def test_house_rules_step_back_where_the_law_speaks_and_only_there() -> None:
    """21:00 in New York is shut by the law, 20:00 open, although the house would close at 19:00."""
    presets = chain("us-fdcpa")
    evening = asked(datetime(2026, 11, 24, 1, 0, tzinfo=UTC), zones=("America/New_York",))
    assert policy.judge(presets, evening).verdict == "ALLOW"
    deceased = Facts(holds=(Hold("deceased", MONDAY),))
    assert policy.judge(presets, evening, deceased).findings[0].rule == "HOLD-DECEASED"


def test_a_wish_is_kept_under_any_preset() -> None:
    facts = Facts(wishes=(Wish("only", 1020, 1080),))
    assert policy.next_allowed(MERCHANT, asked(), facts) == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)


def test_company_rules_come_on_top_and_never_claim_to_be_law() -> None:
    cap = {"id": "TWO", "kind": "cap", "max": 2, "days": 7, "channels": ["call"], "basis": "T", "citation": "12 CFR 1"}
    presets = (*MERCHANT, own([cap], version="7"))
    calls = tuple(Contact(MONDAY - timedelta(days=days), "call", outcome="no-answer") for days in (3, 2))
    (finding,) = policy.judge(presets, asked(), Facts(calls)).findings
    assert (finding.rule, finding.basis, finding.citation) == ("TWO", "P", "company rule")
    assert policy.next_allowed(presets, asked(), Facts(calls)) == datetime(2026, 11, 27, 2, 30, tzinfo=UTC)


def test_how_much_of_a_cap_is_used() -> None:
    calls = tuple(Contact(MONDAY - timedelta(days=days), "call", outcome="no-answer") for days in (7, 2, 1))
    busy = Contact(MONDAY, "call", outcome="busy")
    assert policy.used(MERCHANT, asked(), Facts((*calls, busy))) == (Usage("POL-CAP", 2, 7, 7),)
    assert policy.used(MERCHANT, asked(channel="letter")) == ()


def test_what_came_in_is_never_refused() -> None:
    night = asked(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))._replace(direction="in")
    assert policy.judge(MERCHANT, night).verdict == "ALLOW"


def test_a_contact_that_took_place_shows_what_it_went_against() -> None:
    contact = Contact(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), "call", outcome="spoke")
    assert [one.rule for one in policy.breaches(chain("in-rbi-2022"), contact, INDIA)] == ["IN-RBI22-HOURS"]
    assert policy.breaches(chain("in-rbi-2022"), contact._replace(channel="sms"), INDIA) == ()


def test_the_plain_question_has_one_answer_for_all() -> None:
    presets = chain("in-rbi-2022")
    first = policy.plain(presets, MONDAY, "call", INDIA)
    assert first is policy.plain(presets, MONDAY, "call", INDIA)
    assert first == policy.judge(presets, Asked(MONDAY, "call", INDIA))
    assert policy.plain(presets, MONDAY, "call", INDIA, role="brother").verdict == "BLOCK"


def test_how_far_back_contacts_matter() -> None:
    assert policy.look_back_days(chain("us-fdcpa")) == 60
    assert policy.look_back_days(MERCHANT) == 7


def test_two_presets_in_force_are_both_named() -> None:
    verdict = policy.judge(chain("uk-conc", "uk-breathing"), asked(zones=("Europe/London",)))
    assert (verdict.preset, verdict.preset_version) == ("uk-conc+uk-breathing", "1+1")


def test_a_hold_of_today_ends_with_its_last_day_where_the_person_is() -> None:
    """From midnight of 1 June in London, 60 days: free on 1 August, one hour before midnight UTC."""
    space = Hold("moratorium", datetime(2026, 5, 31, 23, 0, tzinfo=UTC), source="the register")
    ask = asked(datetime(2026, 6, 10, 12, 0, tzinfo=UTC), "letter", ("Europe/London",))
    verdict = policy.judge(chain("uk-breathing"), ask, Facts(holds=(space,)))
    assert verdict.findings[0].why == "hold since 2026-06-01: moratorium, the register, through 2026-07-31"
    assert verdict.next_allowed_at == datetime(2026, 7, 31, 23, 0, tzinfo=UTC)


def test_a_notice_that_ripens_opens_the_gate() -> None:
    facts = Facts(events=(Event("creditor-address-notice", date(2026, 11, 1)),))
    ask = asked(datetime(2026, 11, 23, 17, 0, tzinfo=UTC), "email", ("America/New_York",))
    assert policy.next_allowed(chain("us-fdcpa"), ask, facts) == datetime(2026, 12, 6, 13, 0, tzinfo=UTC)


def test_the_one_answer_opens_a_shut_hour_until_it_is_given() -> None:
    """They wrote at 23:00; the answer may go at 23:10; a second one waits for the morning."""
    presets, zones = chain("us-fdcpa"), ("America/New_York",)
    came = Contact(datetime(2026, 11, 24, 4, 0, tzinfo=UTC), "sms", "in")
    ask = asked(came.at + timedelta(minutes=10), "sms", zones)
    assert policy.judge(presets, ask, Facts((came,))).verdict == "ALLOW"
    answered = Facts((came, Contact(ask.at, "sms")))
    second = policy.judge(presets, ask._replace(at=ask.at + timedelta(minutes=5)), answered)
    assert {finding.rule for finding in second.findings} == {"US-REGF-6B1-TIME", "US-REGF-6B1-REPLYONCE"}
    assert second.next_allowed_at == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
