"""What plans say, asked by commands that are typed all day: one look-up, and no import, where there is no plan."""

from datetime import date
from typing import TYPE_CHECKING

from collect.book import Book

if TYPE_CHECKING:
    from collect.planqueue import Place
    from collect.store.plans import Kept


def of(book: Book, account_id: int, day: date) -> "list[Kept]":
    """Plans and settlements of an account that were agreed by that day, ended ones too."""
    if book.execute("SELECT 1 FROM plan WHERE account_id = ? LIMIT 1", (account_id,)).fetchone() is None:
        return []
    from collect.store import plans

    return plans.kept(book, day, [account_id])


def places(book: Book, day: date) -> "dict[int, Place]":
    """What their plans mean for the day's work, by account; accounts without a plan that matters are left out."""
    if book.execute("SELECT 1 FROM plan LIMIT 1").fetchone() is None:
        return {}
    from collect.store import plans

    return plans.places(book, day)


def due(book: Book, day: date) -> "list[Kept]":
    """Plans and settlements that hold and whose next instalment is due by that day."""
    if book.execute("SELECT 1 FROM plan LIMIT 1").fetchone() is None:
        return []
    from collect.store import plans

    holding = (one for one in plans.kept(book, day) if one.standing.state in {"active", "late"})
    return [one for one in holding if one.standing.next and one.standing.next.instalment.due_on <= day]
