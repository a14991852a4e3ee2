"""The next lawful moment: open at that moment, closed one minute earlier, whatever is known of the person."""

import os
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from collect import policy
from collect.policy_facts import Asked, Contact, Facts, Hold, Promised, Wish
from collect.presets import chain, own

PRESETS = tuple(
    chain(*names)
    for names in (("us-fdcpa",), ("in-rbi-2022",), ("in-mfi",), ("uk-conc", "uk-breathing"), ("au-rg96",), ())
)
ZONES = ("America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu", "Europe/London", "Africa/Cairo")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EXAMPLES = {"": 40, "quick": 100, "release": 10_000}.get(os.environ.get("COLLECT_DEEP", ""), 1000)

instants = st.integers(0, 800 * 1440).map(lambda minute: FIRST + timedelta(minutes=minute))


@st.composite
def contacts(draw: st.DrawFn, at: datetime) -> tuple[Contact, ...]:
    ages = draw(st.lists(st.integers(0, 12 * 1440), max_size=12))
    outcomes = st.sampled_from(["no-answer", "spoke", "busy", "voicemail"])
    directions = st.sampled_from(["out", "out", "out", "in"])
    return tuple(
        Contact(at - timedelta(minutes=age), draw(st.sampled_from(["call", "sms"])), draw(directions), draw(outcomes))
        for age in sorted(ages, reverse=True)
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    start, end = draw(st.integers(0, 1439)), draw(st.integers(1, 1440))
    days = frozenset(draw(st.sets(st.integers(0, 6), min_size=1)))
    return Wish(draw(st.sampled_from(["avoid", "only"])), start, end, days)


@st.composite
def holds(draw: st.DrawFn, at: datetime) -> Hold:
    kind = draw(st.sampled_from(["do-not-contact", "moratorium", "hardship", "attorney", "stop-medium"]))
    starts_at = at + timedelta(days=draw(st.integers(-30, 5)))
    end = draw(st.none() | st.integers(0, 90))
    ends_on = None if end is None else starts_at.date() + timedelta(days=end)
    return Hold(kind, starts_at, ends_on, medium="call" if kind == "stop-medium" else "")


@st.composite
def questions(draw: st.DrawFn) -> tuple[policy.Presets, Asked, Facts]:
    at = draw(instants)
    zones = tuple(draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True)))
    presets = draw(st.sampled_from(PRESETS))
    if draw(st.booleans()):
        cap = {"id": "OWN", "kind": "cap", "max": 2, "days": 3, "channels": ["call"], "action": "REASON"}
        presets += (own([cap]),)
    facts = Facts(
        contacts=draw(contacts(at)),
        holds=tuple(draw(st.lists(holds(at), max_size=1))),
        wishes=tuple(draw(st.lists(wishes(), max_size=2))),
        promises=(Promised(at.date() + timedelta(days=2)),) if draw(st.booleans()) else (),
    )
    return presets, Asked(at, draw(st.sampled_from(["call", "visit"])), zones), facts


@settings(max_examples=EXAMPLES, deadline=None)
@given(questions(), st.lists(st.floats(0, 0.999), min_size=5, max_size=5))
def test_the_gate_opens_then_and_not_a_minute_before(
    question: tuple[policy.Presets, Asked, Facts], shares: list[float]
) -> None:
    presets, ask, facts = question

    def is_open(at: datetime) -> bool:
        return all(
            finding.verdict in ("ALLOW", "WARN") for finding in policy.findings(presets, ask._replace(at=at), facts)
        )

    verdict = policy.judge(presets, ask, facts)
    opens_at = verdict.next_allowed_at
    assert verdict.allowed == is_open(ask.at)
    if opens_at is None:
        assert not any(is_open(ask.at + share * timedelta(days=300)) for share in shares)
    elif verdict.allowed:
        assert opens_at == ask.at
    else:
        assert is_open(opens_at)
        assert not is_open(max(opens_at - MINUTE, ask.at))
        assert not any(is_open(ask.at + share * (opens_at - ask.at)) for share in shares)


def test_the_rules_of_the_day_that_comes_are_those_of_the_year_that_comes() -> None:
    """A message at 19:30 on New Year's Eve is a warning, five hours later it is shut until eight."""
    presets = chain("in-rbi-2022")
    eve = Asked(datetime(2026, 12, 31, 14, 0, tzinfo=UTC), "whatsapp", ("Asia/Kolkata",))
    assert policy.judge(presets, eve).verdict == "WARN"
    assert policy.judge(presets, eve).preset == "in-rbi-2022"
    night = eve._replace(at=datetime(2026, 12, 31, 18, 30, tzinfo=UTC))
    verdict = policy.judge(presets, night)
    assert (verdict.verdict, verdict.preset) == ("BLOCK", "in-rbi-2027")
    assert verdict.next_allowed_at == datetime(2027, 1, 1, 2, 30, tzinfo=UTC)


def test_a_rule_shut_for_good_opens_where_the_law_itself_changes() -> None:
    """A brother may not be spoken to in 2026; in 2027 another rule says so, and there is no lawful moment at all."""
    presets = chain("in-rbi-2022")
    ask = Asked(datetime(2026, 12, 1, 6, 0, tzinfo=UTC), "call", ("Asia/Kolkata",), role="brother")
    verdict = policy.judge(presets, ask)
    assert (verdict.verdict, verdict.next_allowed_at) == ("BLOCK", None)


def test_zones_that_never_agree_have_no_lawful_moment() -> None:
    ask = Asked(datetime(2026, 6, 1, tzinfo=UTC), "call", ("America/New_York", "Asia/Kathmandu"))
    narrow = own([{"id": "NOON", "kind": "hours", "windows": [{"from": "12:00", "to": "13:00"}]}])
    assert policy.next_allowed((narrow,), ask) is None


def test_what_is_known_later_does_not_judge_what_was_done_before() -> None:
    presets = chain("us-fdcpa")
    ask = Asked(datetime(2026, 4, 1, 16, 0, tzinfo=UTC), "call", ("America/New_York",))
    later = Facts(
        contacts=(Contact(ask.at + MINUTE, "call", outcome="spoke"),),
        holds=(Hold("cease", ask.at + MINUTE),),
        promises=(Promised(date(2026, 4, 9), made_on=date(2026, 4, 2)),),
    )
    assert policy.judge(presets, ask, later).verdict == "ALLOW"
