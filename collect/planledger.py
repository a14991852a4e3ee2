"""What the ledger says of a plan: its payments, and the reliefs that are none, from the postings on its items.

All amounts are whole minor units of the plan's one currency. `progress.evaluate` judges the plan by them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from collect.plans import Plan
from collect.progress import Relief
from collect.promises import Payment

MONEY = frozenset(("receipt", "advance"))
"""Credits that are money; a credit note is a relief."""
BESIDE = frozenset(("tds", "settled in the ledger"))
"""Kinds of posting that pay without a credit of ours: tax paid for the debtor's account, what the ledger shows paid."""


class Line(NamedTuple):
    """A posting on an item of a plan; debt is positive.

    `credit_kind` and `credit_on` are those of the credit an allocation took it from; `bounced_on` stands on a reversal
    that a bounce brought.
    """

    id: int
    item_id: int
    kind: str
    amount_minor: int
    effective_on: date
    change_id: int
    reverses_id: int | None = None
    credit_kind: str = ""
    credit_on: date | None = None
    bounced_on: date | None = None

    @property
    def pays(self) -> bool:
        """Whether it is money, or as good as money."""
        if self.reverses_id is not None or self.amount_minor > 0:
            return False
        return self.credit_kind in MONEY if self.kind == "allocation" else self.kind in BESIDE

    @property
    def paid_on(self) -> date:
        """The day the money came in, whenever it was allocated."""
        return self.credit_on or self.effective_on


class Dispute(NamedTuple):
    """A dispute about an item of a plan, or about the whole account where `amount_minor` is None."""

    opened_on: date
    change_id: int
    amount_minor: int | None = None
    ended_on: date | None = None


def read(plan: Plan, lines: Sequence[Line]) -> tuple[list[Payment], list[Relief]]:
    """Payments and reliefs since the plan was agreed, from all postings on its items.

    Money that never came (a receipt taken back as a mistake, an allocation moved elsewhere) counts on no day; a bounce
    until its day. Taking back a payment of before the plan adds to its debt.
    """
    assert plan.agreed_on is not None
    own = {line.id: line for line in lines if line.pays}
    undone = {line.reverses_id: line for line in lines if line.reverses_id in own}
    payments, reliefs = [], []
    for line in lines:
        if line.id in own:
            back = undone.get(line.id)
            if _since(plan, line.paid_on, line.change_id):
                if back is None or back.bounced_on is not None:
                    payments.append(_payment(line, back.bounced_on if back else None))
            elif back is not None and _since(plan, back.effective_on, back.change_id):
                reliefs.append(Relief(max(back.effective_on, plan.agreed_on), -back.amount_minor))
        elif line.reverses_id not in own and _since(plan, line.effective_on, line.change_id):
            reliefs.append(Relief(max(line.effective_on, plan.agreed_on), -line.amount_minor))
    return payments, reliefs


def disputed(plan: Plan, marked: Iterable[int], disputes: Iterable[Dispute]) -> list[Relief]:
    """What came into dispute since: not to be chased, and not missed, while that lasts.

    `marked` is what is open on items that the ledger has marked since; it does not say from which day.
    """
    assert plan.agreed_on is not None
    found = [Relief(plan.agreed_on, minor, disputed=True) for minor in marked if minor > 0]
    for one in disputes:
        if _since(plan, one.opened_on, one.change_id):
            minor = plan.total_minor if one.amount_minor is None else one.amount_minor
            found.append(Relief(max(one.opened_on, plan.agreed_on), minor, disputed=True))
            if one.ended_on is not None:
                found.append(Relief(max(one.ended_on, plan.agreed_on), -minor, disputed=True))
    return found


def _since(plan: Plan, day: date, change_id: int) -> bool:
    """Whether the plan's debt, as it was agreed, does not hold it yet."""
    assert plan.agreed_on is not None
    return change_id > plan.change_id or (change_id < plan.change_id and day > plan.agreed_on)


def _payment(line: Line, bounced_on: date | None) -> Payment:
    return Payment(line.paid_on, -line.amount_minor, line.item_id, reversed_on=bounced_on, change_id=line.change_id)
