"""The money columns of a ledger: currencies and signs by row, and from debit, credit, paid, open to amount and open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collect import amounts, currencies, headers
from collect.amountcolumns import Minor, all_negative, balanced, before_payments, plus, sums
from collect.errors import InputRefused
from collect.grids import Cell, FindingsLike, Layout, Options
from collect.headers import PARTS, letter
from collect.money import exponent

FIELDS = ("amount", "open", "paid", "debit", "credit", *PARTS)
_FOREIGN = frozenset(("amount currency", "amount in currency"))


class Purse(NamedTuple):
    """Every money column in minor units, the currency of every row, and what is wrong (row, column, reason)."""

    minor: dict[int, Minor]
    currency: list[str]
    problems: list[tuple[int, int, str]]
    rounded: set[int]
    marked: bool
    """Whether a Dr or Cr stands in the number format of a cell."""


class Figures(NamedTuple):
    """Original and open amount by row; open None where no column says what is open."""

    amount: Minor
    open: Minor | None
    warnings: list[str]
    running: int = -1
    """Place of a balance that runs on from row to row, and was not read as what is open."""


def columns(layout: Layout) -> list[int]:
    """The places of all money columns."""
    found = {layout.mapping[field].at for field in FIELDS if field in layout.mapping}
    return sorted(found | {bucket.at for bucket in layout.buckets})


def read(layout: Layout, cells: Mapping[int, Sequence[Cell]], findings: FindingsLike, options: Options) -> Purse:
    """The money columns in minor units, signs of number formats and of a Dr/Cr column counted in.

    Raises InputRefused when the decimal mark is not decided.
    """
    places = columns(layout)
    problems: list[tuple[int, int, str]] = []
    currency = _currencies(layout, cells, options, problems)
    decimals = max(map(exponent, set(currency)), default=3)
    style = _style(layout, {at: cells[at] for at in places}, options, decimals)
    _signed_by_cell(layout, cells, style, options, currency, problems)
    minor: dict[int, Minor] = {}
    rounded: set[int] = set()
    for at in places:
        found = _column(cells[at], style, currency, layout.scale)
        minor[at] = found.minor
        rounded.update(found.rounded)
        problems += [(i, at, reason) for i, reason in found.bad.items()]
        _format_signs(minor[at], findings.signs.get(at, {}), layout.first)
    for at, money in _marked_by(layout, places).items():
        _column_signs({place: minor[place] for place in money}, cells[at])
    marked = any(findings.signs.get(at) for at in places)
    return Purse(minor, currency, problems, rounded, marked)


def _style(layout: Layout, money: Mapping[int, Sequence[Cell]], options: Options, decimals: int) -> amounts.Style:
    """How the amounts are written; a refusal says where the first doubtful one stands."""
    try:
        return amounts.style(money.values(), options.decimal, decimals)
    except amounts.UndecidedError as error:
        at, row = next((at, cells.index(error.cell)) for at, cells in money.items() if error.cell in cells)
        what, colon, value = error.message.rpartition(": ")
        place = f", in row {row + layout.first + 1}, column {layout.headers.get(at) or letter(at)}"
        raise InputRefused(f"{what}{place}{colon}{value}", error.hint) from error


def _currencies(
    layout: Layout, cells: Mapping[int, Sequence[Cell]], options: Options, problems: list[tuple[int, int, str]]
) -> list[str]:
    """The currency of every row: its own cell's, else the user's, the header's, the book's."""
    default = stated(layout, options) or options.book_currency
    size = max(map(len, cells.values()), default=0)
    if "currency" not in layout.mapping:
        return [default] * size
    at = layout.mapping["currency"].at
    known: dict[Cell, str] = {}
    for cell in set(cells[at]):
        text = cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)
        known[cell] = (currencies.resolve(text, options.currency, options.book_currency) or "?") if text else default
    unknown = {cell for cell, code in known.items() if code == "?"}
    if unknown:
        problems += [(i, at, "not a currency") for i, cell in enumerate(cells[at]) if cell in unknown]
    found = [code if code != "?" else default for code in map(known.__getitem__, cells[at])]
    return _in_own(layout, cells, found, default)


def _in_own(layout: Layout, cells: Mapping[int, Sequence[Cell]], found: list[str], default: str) -> list[str]:
    """The currencies where a column of its own holds the amount in the row's currency: ours is in the company's.

    Odoo prints "Amount Currency" and "Currency" beside buckets and a total that are all in the company's currency.
    """
    foreign = [at for at, text in layout.headers.items() if headers.words(text) in _FOREIGN]
    own = [layout.mapping[field].at for field in ("amount", "open") if field in layout.mapping]
    if not foreign or not own or foreign[0] in own:
        return found
    same = [left == right for left, right in zip(cells[own[0]], cells[foreign[0]], strict=True)]
    company = Counter(code for code, equal, cell in zip(found, same, cells[own[0]], strict=True) if equal and cell)
    ours = company.most_common(1)[0][0] if company else default
    return [code if equal else ours for code, equal in zip(found, same, strict=True)]


def stated(layout: Layout, options: Options) -> str:
    """The currency the user or the header states, '' where neither does."""
    return options.currency or currencies.resolve(layout.currency_word, options.book_currency)


def _signed_by_cell(
    layout: Layout,
    cells: Mapping[int, Sequence[Cell]],
    style: amounts.Style,
    options: Options,
    currency: list[str],
    problems: list[tuple[int, int, str]],
) -> None:
    """Let currency signs in amount cells say the currency, unless they contradict a stated one.

    One sign throughout the file is the file's currency, also in rows that leave it out as accountants do.
    """
    found = [(at, i, word) for at in columns(layout) for i, word in amounts.symbols(cells[at], style).items()]
    if not found:
        return
    words = {
        currencies.resolve(word, options.currency, options.book_currency) for word in {word for _, _, word in found}
    }
    own = cells[layout.mapping["currency"].at] if "currency" in layout.mapping else None
    if own is None and not stated(layout, options) and len(words) == 1:
        currency[:] = [words.pop()] * len(currency)
        return
    changed: set[int] = set()
    for at, i, word in found:
        if currency[i] in currencies.family(word):
            continue
        if stated(layout, options) or i in changed or (own is not None and own[i]):
            problems.append((i, at, f"says {word} where {currency[i]} is stated"))
        else:
            currency[i] = currencies.resolve(word, options.book_currency)
            changed.add(i)


def _column(cells: Sequence[Cell], style: amounts.Style, currency: list[str], scale: int) -> amounts.Amounts:
    """One column in minor units, by the decimals of each row's currency."""
    codes = set(currency)
    decimals = {code: exponent(code) for code in codes}
    kinds = sorted(set(decimals.values()))
    if len(kinds) <= 1:
        return amounts.read(cells, style, kinds[0] if kinds else 2, scale)
    by_kind = {kind: amounts.read(cells, style, kind, scale) for kind in kinds}
    rows = [decimals[code] for code in currency]
    bad = {i: reason for kind in kinds for i, reason in by_kind[kind].bad.items() if rows[i] == kind}
    rounded = [i for kind in kinds for i in by_kind[kind].rounded if rows[i] == kind]
    return amounts.Amounts([by_kind[kind].minor[i] for i, kind in enumerate(rows)], bad, rounded)


def _format_signs(minor: Minor, signs: Mapping[int, int], first: int) -> None:
    """Give amounts the sign their number format shows: sign x |amount|."""
    for row, sign in signs.items():
        i = row - first
        if 0 <= i < len(minor) and (value := minor[i]) is not None:
            minor[i] = sign * abs(value)


def _marked_by(layout: Layout, places: Sequence[int]) -> dict[int, Sequence[int]]:
    """The money columns each Dr/Cr column is about: all; in a running ledger the one it stands behind."""
    if "drcr" not in layout.mapping:
        return {}
    own = layout.mapping["drcr"]
    if not layout.statement:
        return {own.at: places}
    sides = {layout.mapping[field].at for field in ("debit", "credit") if field in layout.mapping}
    found: dict[int, Sequence[int]] = {}
    for at, header in layout.headers.items():
        if headers.words(header) == headers.words(own.header):
            before = [place for place in places if place < at and place not in sides]
            found[at] = before[-1:] or [place for place in places if place > at][:1]
    return found


def _column_signs(minor: dict[int, Minor], marks: Sequence[Cell]) -> None:
    """Make the amounts of rows marked Cr negative."""
    credit = [i for i, cell in enumerate(marks) if isinstance(cell, str) and cell.strip().lower()[:1] in {"c", "h"}]
    for values in minor.values():
        for i in credit:
            if value := values[i]:
                values[i] = -abs(value)


def figures(layout: Layout, purse: Purse, items: Sequence[int], whose: Sequence[str] = ()) -> Figures:
    """Original and open amount of every row, from the columns the file has; `whose` is the party by row.

    Raises InputRefused where a column is a running balance that begins with more than its rows say.
    """
    found = {field: purse.minor[layout.mapping[field].at] for field in FIELDS if field in layout.mapping}
    if layout.buckets and "amount" not in found and "open" not in found:
        found["open"] = sums([purse.minor[bucket.at] for bucket in layout.buckets])
    parts = [found[part] for part in PARTS if part in found]
    if parts and not {"amount", "open", "debit", "credit"} & found.keys():
        found["open"] = sums(parts)
    warnings: list[str] = []
    paid = found.get("paid")
    if "debit" in found or "credit" in found:
        size = len(purse.currency)
        amount = balanced(found.get("debit") or [None] * size, found.get("credit") or [None] * size, items)
    else:
        amount = found.get("amount") or []
    outstanding = found.get("open")
    named = "open" in layout.mapping and headers.vocabulary().is_one("running", layout.mapping["open"].header)
    running = -1
    if outstanding and amount and (_runs_on(layout, amount, outstanding, items, whose) or named):
        running, header = layout.mapping["open"]
        warnings.append(f"column '{header}' is a running balance and was not read as open amounts")
        outstanding = None
    if outstanding and amount and paid and before_payments(amount, outstanding, paid, items):
        due, taken = (layout.mapping[field].header for field in ("open", "paid"))
        warnings.append(f"column '{due}' does not take off what is in '{taken}': what is open is the amount less that")
        outstanding = None
    if not amount and outstanding:
        if paid is None:
            return Figures(outstanding, outstanding, warnings)
        amount = [plus(left, right) for left, right in zip(outstanding, paid, strict=True)]
    elif outstanding is None and paid is not None:
        sign = 1 if all_negative(paid, [i for i in items if (amount[i] or 0) > 0]) else -1
        outstanding = [
            None if whole is None else whole + sign * (part or 0) for whole, part in zip(amount, paid, strict=True)
        ]
    elif outstanding is not None:
        amount = [left if left is not None else right for left, right in zip(amount, outstanding, strict=True)]
    return Figures(amount, outstanding, warnings, running)


def _runs_on(layout: Layout, amount: Minor, balance: Minor, items: Sequence[int], whose: Sequence[str]) -> bool:
    """Whether the open column is a balance that runs on from row to row, over all rows or over each party's."""
    alone = _running(amount, balance, items, whose) if whose else None
    unopened = alone if alone is not None else _running(amount, balance, items, [""] * len(balance))
    if unopened:
        raise InputRefused(
            f"a running balance that begins with more than its rows say, in column {layout.mapping['open'].header}",
            "read it with --layout statement, which takes what stood before as an item of its own",
        )
    return unopened is not None


def _running(amount: Minor, balance: Minor, items: Sequence[int], whose: Sequence[str]) -> int | None:
    """Of a balance that runs on by each row's own amount, for each party alone: what no row opens it with; else None.

    One step could be chance unless what is open is more than the amount, or of the other sign.
    """
    last: dict[str, int] = {}
    steps = unopened = 0
    plain, odd = True, False
    for i in items:
        own, after = amount[i] or 0, balance[i]
        if after is None:
            return None
        if (before := last.get(whose[i])) is None:
            unopened += after - own
        elif after - before != own:
            return None
        else:
            steps += before != 0  # after a bill that is paid, what is open is the amount in any list
            odd = odd or after > own >= 0 or own < 0 < after
        plain = plain and own == after
        last[whose[i]] = after
    return unopened if not plain and (steps > 1 or odd) else None
