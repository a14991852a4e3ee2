"""Rules on money: limits on cash, the fixed sum and the interest for late payment. Whole minor units throughout."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from collect import money, policy
from collect.policy_facts import ANY_SCOPE, SEVERITY, Finding, Scope, Verdict, worst
from collect.presets import Preset, Rule, rules_in_force


class Receipt(NamedTuple):
    """Money taken or about to be taken; `payer` is the party above the account.

    `bill` is what it pays for, or `loan` and `instalment` where it is a loan's.
    """

    payer: str
    on: date
    amount_minor: int
    currency: str = "INR"
    mode: str = "cash"
    bill: str = ""
    loan: str = ""
    instalment: str = ""

    @property
    def event(self) -> tuple[str, str] | None:
        """The one thing several receipts may be for: a bill, or an instalment of a loan; None where unknown."""
        if self.loan:
            return (self.loan, self.instalment) if self.instalment else None
        return ("", self.bill) if self.bill else None


def judge_receipt(
    presets: tuple[Preset, ...], receipt: Receipt, earlier: Iterable[Receipt] = (), scope: Scope = ANY_SCOPE
) -> Verdict:
    """Verdict on taking that money, given the receipts taken before it (reversed ones left out).

    There is no next lawful moment: another day helps only against the limit of a day.
    """
    before = [one for one in earlier if one.mode == "cash" and one.payer == receipt.payer and one.on <= receipt.on]
    laid = [_cash(rule, receipt, before) for rule in rules_in_force(presets, receipt.on, scope) if rule.kind == "cash"]
    found = [finding for finding in laid if finding is not None]
    found.sort(key=lambda finding: -SEVERITY[finding.verdict])
    name, version = policy.in_force_name(presets, receipt.on, scope)
    return Verdict(worst(tuple(found)), tuple(found), None, name, version)


def _cash(rule: Rule, receipt: Receipt, before: list[Receipt]) -> Finding | None:
    """Cash: reaching the limit in a day, in one transaction or for one event."""
    if receipt.mode != "cash" or receipt.currency != rule.terms["currency"]:
        return None
    if rule.terms.get("loans_only") and not receipt.loan:
        return None
    limit = money.typed(rule.terms["limit"], receipt.currency)
    per = rule.terms.get("per", ("day",))
    sums = {"transaction": receipt.amount_minor}
    sums["day"] = receipt.amount_minor + sum(one.amount_minor for one in before if one.on == receipt.on)
    same = [one.amount_minor for one in before if one.event == receipt.event and receipt.event is not None]
    sums["event"] = receipt.amount_minor + sum(same)
    for basis in per:
        if sums[basis] >= limit:
            reached, bound = (money.shown(minor, receipt.currency) for minor in (sums[basis], limit))
            return rule.finding(rule.action, f"cash of {receipt.currency} {reached} per {basis}; the limit is {bound}")
    return None


def compensation(rule: Rule, debt_minor: int) -> int:
    """The fixed sum for one late debt, by its size."""
    currency = rule.terms["currency"]
    due = 0
    for tier in rule.terms["tiers"]:
        if debt_minor >= money.typed(tier["from"], currency):
            due = money.typed(tier["sum"], currency)
    return due


def interest(rule: Rule, owed: Iterable[tuple[Decimal, int]]) -> int:
    """Simple interest at a reference rate and the rule's points (per cent a year), for days of 365, half up.

    `owed` holds a reference rate and the debt in minor units times the days it was owed at it; rounded once, in all.
    """
    points = Decimal(rule.terms["points"])
    sums = sum((debt_days * (rate + points) for rate, debt_days in owed), Decimal(0))
    return int((sums / 36500).quantize(Decimal(1), ROUND_HALF_UP))
