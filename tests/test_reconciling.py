"""The difference between our figure and the ledger's is explained to the last minor unit, or said not to be."""

from datetime import date

from collect.reconciling import UNEXPLAINED, Moved, Reconciled, Thing, reconcile

LISTED = date(2026, 4, 1)


def item(open_minor: int, listed_minor: int | None, *, disputed: bool = False) -> Thing:
    return Thing(1, True, "I1", "principal", date(2026, 1, 1), disputed, open_minor, listed_minor)


def credit(open_minor: int, listed_minor: int | None, kind: str = "receipt") -> Thing:
    return Thing(
        2, False, "C1", kind, date(2026, 4, 3), disputed=False, open_minor=open_minor, listed_minor=listed_minor
    )


def moved(number: int, kind: str, minor: int, undoes: int | None = None, *, is_item: bool = True) -> Moved:
    thing = 1 if is_item else 2
    return Moved(number, is_item, thing, kind, minor, date(2026, 3, number), f"R-{number}", undoes)


def lines(found: Reconciled) -> list[tuple[str, int, str, str]]:
    return [(line.kind, line.amount_minor, line.source, line.note) for line in found.lines]


def test_figures_that_agree_have_no_lines() -> None:
    found = reconcile("INR", [item(500, 500), credit(-200, -200, "advance")], [moved(5, "allocation", -500)], LISTED)
    assert (found.ours_minor, found.ledger_minor, found.difference_minor, found.lines) == (300, 300, 0, ())


def test_the_latest_of_our_payments_are_those_the_ledger_does_not_show() -> None:
    moves = [moved(5, "allocation", -300), moved(6, "allocation", -200), moved(7, "tds", -50)]
    found = reconcile("INR", [item(450, 600)], moves, LISTED)
    assert lines(found) == [
        ("TDS not yet in the ledger", -50, "R-7", ""),
        ("payment not yet in the ledger", -100, "R-6", ""),
    ]
    assert found.unexplained_minor == 0


def test_what_was_taken_back_and_the_ledger_still_shows() -> None:
    moves = [moved(5, "allocation", -600), moved(9, "allocation", 600, 5)]
    assert lines(reconcile("INR", [item(1000, 400)], moves, LISTED)) == [
        ("taken back, not yet in the ledger", 600, "R-9", "")
    ]
    agreed = reconcile("INR", [item(900, 1000)], moves, LISTED)
    assert lines(agreed) == [(UNEXPLAINED, -100, "", "lower with us than in the ledger")]


def test_what_no_list_ever_showed() -> None:
    found = reconcile(
        "INR", [item(300, None, disputed=True), credit(-200, None), credit(-10, None, "credit note")], [], LISTED
    )
    assert lines(found) == [
        ("item not in the ledger", 300, "", "disputed"),
        ("payment not yet in the ledger", -200, "", "timing: after the ledger's last list"),
        ("credit note not in the ledger", -10, "", "timing: after the ledger's last list"),
    ]


def test_money_the_ledger_holds_on_account() -> None:
    moves = [
        moved(5, "taken by us already", 300, is_item=False),
        moved(6, "allocation", 150, is_item=False),
        moved(7, "allocation", -300),
        moved(8, "allocation", -150),
    ]
    found = reconcile("INR", [item(550, 1000), credit(-50, -500, "advance")], moves, LISTED)
    assert lines(found) == [
        ("payment not yet in the ledger", -150, "R-8", ""),
        ("payment not yet in the ledger", -300, "R-7", ""),
        ("applied by us, on account in the ledger", 150, "R-6", ""),
        ("payment of ours, on account in the ledger", 300, "R-5", ""),
    ]
    assert found.difference_minor == 0


def test_an_unexplained_remainder_is_shown_as_such() -> None:
    found = reconcile("INR", [item(1000, 700, disputed=True), credit(-5, -3, "advance")], [], None)
    assert lines(found) == [
        (UNEXPLAINED, 300, "", "higher with us than in the ledger, disputed"),
        (UNEXPLAINED, -2, "", "lower with us than in the ledger"),
    ]
    assert found.unexplained_minor == 298
