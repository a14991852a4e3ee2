"""Lists of balances whose figures are known: a column per age, and running ledgers with or without a balance."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from collect.grids import Cell
from tests.intake_layouts import AMOUNTS, DAYS, NAMES

# The ages as programs head their columns, each with the name it goes by here.
AGES = (
    (("Current", "not due"), ("1 - 30", "1-30"), ("31 - 60", "31-60"), ("61 - 90", "61-90"), ("91 and over", "91+")),
    (("Not Due", "not due"), ("1-30 days", "1-30"), ("31-60 days", "31-60"), ("61-90 days", "61-90"), (">90", "91+")),
    (("0-30", "0-30"), ("31-60", "31-60"), ("61-90", "61-90"), ("91-120", "91-120"), ("121-Above", "121+")),
)
TITLES = ("Gupta Traders", "Ageing of receivables", "")
# A name that reads like a total, an advance or an age is told from one by its number or day, and a summary has neither.
PLAIN = tuple(name for name in NAMES if not name.startswith(("Total", "Sub Total", "Advance", "Current")))
_STYLES = sorted(AMOUNTS)


@dataclass
class Aged:
    """A list with a column per age, and what it holds: (customer, age, minor units)."""

    rows: list[list[Cell]]
    expected: list[tuple[str, str, int]]


@dataclass
class Running:
    """Running ledgers on one sheet, and what they hold: by party, the movements and the closing balance."""

    rows: list[list[Cell]]
    movements: dict[str, list[int]]


@st.composite
def aged(draw: st.DrawFn) -> Aged:
    """A summary by age: a row per customer, their total beside, totals below."""
    ages, say = draw(st.sampled_from(AGES)), AMOUNTS[draw(st.sampled_from(_STYLES))]
    names = draw(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8, unique=True))
    coded, summed = draw(st.booleans()), draw(st.booleans())
    codes = [f"C-{100 + at}" for at in range(len(names))]
    amount = st.one_of(
        st.just(0), st.just(0), st.integers(1, 9_000_000), st.integers(-900_000, -100_000)
    )  # 0.01 Cr alone may be crores
    figures = [draw(st.lists(amount, min_size=len(ages), max_size=len(ages))) for _ in names]
    blank = draw(st.sampled_from((None, say(0))))

    def row(party: list[Cell], values: list[int], *, whole: bool = False) -> list[Cell]:
        cells = [say(value) if value or whole else blank for value in values]
        return [*party, *cells, *([say(sum(values))] if summed else [])]

    titles = draw(st.lists(st.sampled_from(TITLES), max_size=2))
    head: list[Cell] = [*(["Customer Code"] if coded else []), "Customer Name", *(text for text, _ in ages)]
    rows: list[list[Cell]] = [[title] for title in titles]
    rows.append([*head, "Total Outstanding"] if summed else head)
    rows += [row([code, name] if coded else [name], own) for code, name, own in zip(codes, names, figures, strict=True)]
    if draw(st.booleans()) and len(names) > 1:
        rows.append(
            row([None, "Total"] if coded else ["Total"], list(map(sum, zip(*figures, strict=True))), whole=True)
        )
    expected = [
        (code if coded else name, label, value)
        for code, name, own in zip(codes, names, figures, strict=True)
        for (_, label), value in zip(ages, own, strict=True)
        if value
    ]
    return Aged(rows, expected)


@st.composite
def running(draw: st.DrawFn) -> Running:
    """One sheet of running ledgers: each under its party's heading, or all with the party in a column."""
    say, tell = AMOUNTS[draw(st.sampled_from(_STYLES))], DAYS[draw(st.sampled_from(("dates", "iso", "tally")))]
    names = draw(st.lists(st.sampled_from(PLAIN[:5]), min_size=1, max_size=3, unique=True))
    in_column, balanced = draw(st.booleans()), draw(st.booleans())
    head: list[Cell] = ["Date", "Particulars", "Vch No.", "Debit", "Credit", *(["Balance"] if balanced else [])]
    rows: list[list[Cell]] = [["Customer", *head]] if in_column else []
    movements: dict[str, list[int]] = {}
    for name in names:
        own = draw(st.lists(st.integers(-900_000, 900_000).filter(bool), min_size=2, max_size=6))
        opens = not in_column and draw(st.booleans())
        movements[name] = own
        rows += [] if in_column else [[f"Account : {name}"], list(head)]
        standing, day = 0, date(2026, 1, 13)
        for at, minor in enumerate(own):
            standing += minor
            day += timedelta(days=draw(st.integers(1, 20)))
            first = opens and at == 0
            what: list[Cell] = [None, "Opening Balance", None] if first else [tell(day), "Voucher", f"V{at + 101}"]
            moved = [say(minor), None] if minor > 0 else [None, say(-minor)]
            rows.append([*([name] if in_column else []), *what, *moved, *([say(standing)] if balanced else [])])
        if not in_column and draw(st.booleans()):
            up, down = sum(value for value in own if value > 0), -sum(value for value in own if value < 0)
            rows.append([None, "Total", None, say(up), say(down), *([say(standing)] if balanced else [])])
    return Running(rows, movements)
