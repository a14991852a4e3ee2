"""A running ledger followed row by row: what each row moves, and where its balance says otherwise."""

from dataclasses import dataclass, field

from collect.amountcolumns import Minor
from collect.statement_rows import Entry, Ledger


@dataclass(slots=True)
class Run:
    """What following a ledger found, by row below the header, in minor units."""

    steps: dict[int, int] = field(default_factory=dict)
    """What each row moves, in the order of time."""
    wrong: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Rows that contradict the balance: what the row says and what the balance does."""
    gaps: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Openings that differ from what stood: what they say and what stood."""
    off: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Stated balances that differ from what stood: what they say and what stood."""
    margin: list[int] = field(default_factory=list)
    """Rows whose balance moves by something else than was handed over."""
    unopened: tuple[int, int] | None = None
    """The first row with a balance and what stood before it, where no row opens the ledger."""
    closing: tuple[int, int] | None = None
    """The row of the last balance stated, and that balance."""
    stands: int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """The money columns of a statement by row; `strict` where debit and credit must be what the balance moves by."""

    moved: Minor
    balance: Minor
    strict: bool = True
    unsigned: bool = False
    """Whether one amount column leaves it to the balance which way it goes."""


def follow(ledger: Ledger, days: list[str], money: Money) -> Run:
    """Follow a ledger the way its balance runs: from the top, or from the bottom where the newest row stands first."""
    ahead = _follow(ledger.entries, money)
    moves = ledger.moves()
    newest_first = len(moves) > 1 and days[moves[0]] > days[moves[-1]]
    if not newest_first and not ahead.wrong and not ahead.gaps:
        return ahead
    back = _follow(ledger.entries[::-1], money)
    faults = len(ahead.wrong) + len(ahead.gaps), len(back.wrong) + len(back.gaps)
    return back if faults[1] < faults[0] or (newest_first and faults[0] == faults[1]) else ahead


def _follow(entries: list[Entry], money: Money) -> Run:
    run = Run()
    for at, kind in entries:
        if kind == "move":
            _move(run, at, money)
        elif kind == "opening" and run.stands is None and not run.steps:
            _open(run, at, money)
        elif kind == "aside":
            _pass(run, at, money)
        else:
            _compare(run, at, kind, money)
    return run


def _open(run: Run, at: int, money: Money) -> None:
    own, after = money.moved[at], money.balance[at]
    value = after if after is not None else own or 0
    if own and own != value and abs(own) != abs(value):
        run.wrong[at] = (own, value)
    run.steps[at] = run.stands = value


def _move(run: Run, at: int, money: Money) -> None:
    """A row: its own amount, proved by the change of the balance where that is stated before and after it."""
    own, after = money.moved[at], money.balance[at]
    if after is None:
        step = own or 0
    elif run.stands is None:
        step = _first(run, at, money)
        if money.strict and own and after == -own and not money.unsigned and not run.steps:
            run.wrong[at] = (own, after)  # a balance of the other sign, rather than one that stood before
    else:
        step = after - run.stands
        if own is not None and step != own and not (money.unsigned and abs(step) == abs(own)):
            if money.strict:
                run.wrong[at] = (own, step)
            else:
                run.margin.append(at)
    run.steps[at] = step
    if after is not None:
        run.stands, run.closing = after, (at, after)
    elif run.stands is not None:
        run.stands += step


def _pass(run: Run, at: int, money: Money) -> None:
    """A row that is set aside: the balance after it stands."""
    if (after := money.balance[at]) is not None:
        run.stands, run.closing = after, (at, after)


def _first(run: Run, at: int, money: Money) -> int:
    """The first row with a balance: what it does not explain stood before."""
    own, after = money.moved[at], money.balance[at] or 0
    before = sum(run.steps.values())
    if not own or not money.strict or (money.unsigned and not before and abs(own) == abs(after)):
        return after - before
    if rest := after - before - own:
        run.unopened = (at, rest)
    return own


def _compare(run: Run, at: int, kind: str, money: Money) -> None:
    """A row that states what stands: as a balance, or as the one amount that makes debit and credit equal."""
    stated = money.balance[at]
    stood = sum(run.steps.values()) if run.stands is None else run.stands
    if stated is None:
        own = money.moved[at] or 0
        if kind == "stands":
            return  # debits and credits carried over a page are sums, not a balance
        stated = own if kind == "opening" else abs(own) if stood >= 0 else -abs(own)
    if stated != stood:
        (run.gaps if kind == "opening" else run.off)[at] = (stated, stood)
    if kind == "closing":
        run.closing = (at, stated)
