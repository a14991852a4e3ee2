"""A plan or settlement on plain paper, to hand over: who, what for, how much by which day, and what follows."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from collect.money import Money, shown
from collect.plans import Plan
from collect.progress import Standing
from collect.records import Account, Item
from collect.safe import safe


def write(
    file: BinaryIO, number: str, account: Account, standing: Standing, items: Sequence[Item], office: str, grace: int
) -> int:
    """Write it in UTF-8; the number of instalments in it."""
    file.writelines(f"{safe(line)}\n".encode() for line in _lines(number, account, standing.plan, items, office, grace))
    return len(standing.plan.instalments)


def _lines(number: str, account: Account, plan: Plan, items: Sequence[Item], office: str, grace: int) -> Iterator[str]:
    word = "Settlement" if plan.kind == "settlement" else "Payment plan"
    yield from (f"{word} {number}", "=" * (len(word) + len(number) + 1), "")
    if office:
        yield f"Creditor:   {office}"
    yield from (f"Debtor:     {account.name} (account {account.number})", f"Agreed on:  {plan.agreed_on}")
    if plan.replaces:
        yield f"In place of the plan P{plan.replaces}."
    yield from ("", f"What is owed: {Money(plan.debt_minor, plan.currency)}")
    yield from (f"  {item.number or 'without a number'}, due {item.due_on}" for item in items)
    if plan.interest:
        yield f"Interest: {Money(plan.interest_minor, plan.currency)}, {plan.interest.kind}: {plan.interest.formula}"
    yield from ("", f"To be paid, in {plan.currency}:", "")
    width = max(len(shown(row.amount_minor, plan.currency)) for row in plan.instalments)
    width = max(width, len(shown(plan.total_minor, plan.currency)))
    for row in plan.instalments:
        yield f"  {row.no:>4}  {row.due_on}  {shown(row.amount_minor, plan.currency):>{width}}"
    yield f"  {'':>4}  {'in all':<10}  {shown(plan.total_minor, plan.currency):>{width}}"
    yield from (
        "",
        *_terms(plan, grace),
        "",
        "",
        f"{'For the creditor':<40}The debtor",
        "",
        "",
        f"{'_' * 30:<40}{'_' * 30}",
    )


def _terms(plan: Plan, grace: int) -> Iterator[str]:
    """What follows when it is kept, and when it is not."""
    late = f"more than {grace} days late" if grace else "late"
    if plan.kind == "settlement":
        waived = Money(plan.waived_minor, plan.currency)
        yield f"When the last of these payments is in, the rest of the debt is waived: {waived}."
        yield f"When a payment is {late}, this settlement ends and the full debt, less what was paid, stands again."
        if plan.needs_approval and plan.approved_on is None:
            yield "This offer does not bind until it is approved."
    else:
        yield "While the instalments are paid in time, nothing else is asked for."
        yield f"When an instalment is {late}, this plan ends and all that is open is asked for at once."
