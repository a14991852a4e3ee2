"""Facts on an account's page about contact: the last one, the next step, by what it may be contacted and from when."""

from collections.abc import Sequence

from collect.contacts import Contact
from collect.policy_counts import Usage
from collect.policy_facts import OPEN, Asked, Verdict
from collect.views import can, contact
from collect.views.sheet import Fact

CHANNELS = ("call", "sms", "email", "visit")


def facts(
    logged: Sequence[Contact], answers: Sequence[tuple[Asked, Verdict, Sequence[Usage]]], office: str
) -> list[Fact]:
    """The last contact and the next step of the `logged` ones (the latest first), and what the gate answers."""
    found = []
    if logged:
        last = logged[0]
        found += [
            Fact("last_contact_at", "Last contact", contact.local(last.at, last.offset_minutes), "instant"),
            Fact("last_contact", "  it was", f"{last.channel}, {last.outcome}"),
        ]
        if last.next_on is not None:
            found.append(
                Fact("next_step", "Next step", f"{last.next_action} on {last.next_on} {last.next_time}".strip())
            )
    for asked, verdict, usage in answers:
        found.append(Fact(f"may_{asked.channel}", f"May {asked.channel}", _may(verdict, office, usage)))
    if answers:
        opens = can.local(answers[0][1].next_allowed_at, office)
        found.append(Fact("next_allowed_at", "Allowed from", opens, "instant", machine=True))
    return found


def _may(verdict: Verdict, office: str, usage: Sequence[Usage]) -> str:
    """`now, 3 of 7 in 7 days used`; `from Thu 2026-04-02 08:00 (POL-HOURS)`; `not: HOLD-DNC`."""
    used = f", {can.used(usage)} used" if usage else ""
    if verdict.allowed:
        warned = "".join(f" ({one.rule})" for one in verdict.findings[:1])
        return f"now{warned}{used}"
    rule = next(one.rule for one in verdict.findings if one.verdict not in OPEN)
    if verdict.next_allowed_at is None:
        return f"not: {rule}"
    return f"from {can.shown_at(verdict.next_allowed_at, office)} ({rule}){used}"
