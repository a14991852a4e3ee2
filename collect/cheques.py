"""A post-dated cheque: money to come, which counts for nothing until it is presented and a receipt is given for it."""

from datetime import date
from typing import NamedTuple

from collect.errors import Refused


class Cheque(NamedTuple):
    """A cheque in the drawer, in minor units; `receipt` is the number of the receipt it became."""

    id: int
    account_id: int
    number: str
    bank: str
    currency: str
    amount_minor: int
    due_on: date
    taken_on: date
    payer: str
    became: str = ""
    """presented or returned; empty while it lies there."""
    became_on: date | None = None
    receipt: str = ""


def state(cheque: Cheque, today: date) -> str:
    """One word for a list: waiting for its day, due to be presented, presented, returned."""
    return cheque.became or ("due" if cheque.due_on <= today else "waiting")


def check_open(cheque: Cheque) -> None:
    """Refused for a cheque that is in the drawer no more."""
    if cheque.became:
        raise Refused(f"not in the drawer any more: {cheque.number}", f"{cheque.became} on {cheque.became_on}")


def check_presentable(cheque: Cheque, on: date) -> None:
    """Refused for a cheque that cannot be presented on that day: gone, or dated later."""
    check_open(cheque)
    if on < cheque.due_on:
        raise Refused(f"not before its day: {cheque.number}", f"it is dated {cheque.due_on}")
