"""Which payments of ours meet what fell in a ledger: equal amounts first, unapplied money before what must move."""

from collect.unshown import Fall, Move, Placed, Spare, plan


def test_money_that_is_not_applied_goes_before_money_that_must_move() -> None:
    falls = [Fall(7, 500)]
    assert plan(falls, [Spare(1, 300)], [Placed(2, 9, 400)], 500) == [Move(0, 1, None, 300), Move(0, 2, 9, 200)]


def test_equal_amounts_find_each_other_first() -> None:
    falls = [Fall(7, 300), Fall(None, 500)]
    moves = plan(falls, [Spare(1, 500), Spare(2, 300)], [], 800)
    assert moves == [Move(0, 2, None, 300), Move(1, 1, None, 500)]


def test_no_more_is_met_than_the_account_fell() -> None:
    assert plan([Fall(7, 500)], [Spare(1, 900)], [], 200) == [Move(0, 1, None, 200)]
    assert plan([Fall(7, 500)], [Spare(1, 500)], [], -100) == []


def test_money_stays_where_it_is() -> None:
    assert plan([Fall(9, 100)], [], [Placed(2, 9, 400)], 100) == []
