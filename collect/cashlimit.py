"""The limits of law on cash: may this much be taken in notes, from this person, on this day, for this bill."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from collect.errors import Refused
from collect.receipts import Proposal

if TYPE_CHECKING:
    from collect.policy_facts import Finding

PRESET = "in-cash"
"""Indian law on cash; its rules look at rupees only."""


class Before(NamedTuple):
    """Cash that was taken before, in minor units: from the same person that day, and by item (number, due date)."""

    same_day_minor: int
    by_item: tuple[tuple[str, str, int], ...] = ()


def judge(proposal: Proposal, before: Before) -> list[str]:
    """Return what the rules warn of; Refused, with the rule named, where one forbids to take it in cash."""
    warnings = []
    for finding in _findings(proposal, before):
        if finding.verdict == "BLOCK":
            raise Refused(
                f"forbidden by {finding.rule}: {finding.why}", f"take it by bank, UPI or cheque ({finding.citation})"
            )
        warnings.append(f"{finding.rule}: {finding.why} ({finding.citation})")
    return warnings


def _findings(proposal: Proposal, before: Before) -> Iterable["Finding"]:
    """What the rules say of the whole in one day and transaction, then of each bill; each rule once.

    An account with interest on it is a loan: there each instalment is a transaction and an event of its own.
    """
    from collect import policy_amounts, presets

    asked = proposal.asked
    chain = presets.chain(PRESET)
    is_loan = any(part.item.component == "interest" for part in proposal.parts)
    now = [(part.item.number, part.item.due_on.isoformat(), part.money_minor) for part in proposal.parts]
    bills, taken = _by_event(now, is_loan=is_loan), _by_event(before.by_item, is_loan=is_loan)

    def cash(minor: int, on: date, event: str = "") -> policy_amounts.Receipt:
        bill, loan = ("", "loan") if is_loan else (event, "")
        instalment = event if is_loan else ""
        return policy_amounts.Receipt("payer", on, minor, asked.currency, "cash", bill, loan, instalment)

    day = [cash(before.same_day_minor, asked.received_on)] if before.same_day_minor else []
    verdicts = [policy_amounts.judge_receipt(chain, cash(asked.amount_minor, asked.received_on), day)]
    verdicts += [
        policy_amounts.judge_receipt(
            chain, cash(minor, asked.received_on, event), [cash(taken[event], date.min, event)]
        )
        for event, minor in bills.items()
        if taken.get(event)
    ]
    found: dict[str, Finding] = {}
    for verdict in verdicts:
        for finding in verdict.findings:
            found.setdefault(finding.rule, finding)
    return found.values()


def _by_event(parts: Iterable[tuple[str, str, int]], *, is_loan: bool) -> dict[str, int]:
    """Sums by what the money is for: a bill, or one instalment of a loan."""
    sums: dict[str, int] = {}
    for number, due_on, minor in parts:
        event = f"{number} {due_on}" if is_loan else number
        sums[event] = sums.get(event, 0) + minor
    return sums
