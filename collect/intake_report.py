"""What is said of a ledger beside its rows: control sums, its own totals, its day, samples, and what looks odd."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter

from collect import columns, headers, terms, titles
from collect.grids import AccountRow, Cell, Control, FileTotal, Layout, LedgerRow, Unread
from collect.intake_body import Parsed
from collect.intake_money import Figures
from collect.intake_totals import Sums, compare

_FIGURES = attrgetter("currency", "amount_minor", "open_minor")


def control(rows: Sequence[LedgerRow]) -> list[Control]:
    """Sums of amount and open per currency; what the file does not say is open counts in full."""
    found: dict[str, list[int]] = {}
    for currency, amount, rest in map(_FIGURES, rows):
        sums = found.setdefault(currency, [0, 0])
        sums[0] += amount
        sums[1] += amount if rest is None else rest
    return [Control(currency, *sums) for currency, sums in found.items()]


def as_of(parsed: Parsed, documents: Iterable[str], warnings: list[str]) -> str:
    """The day the list is of: the user's, else the titles', unless every document is younger than that."""
    if parsed.options.as_of:
        return parsed.options.as_of
    found = titles.day(parsed.layout.as_of_text, parsed.options.dates or parsed.days.order)
    if found and min(filter(None, documents), default=found) > found:
        warnings.append(f"the file says {found}, which is before its first document: not taken as its day (--as-of)")
        return ""
    if parsed.layout.as_of_text and not found:
        warnings.append(f"the day of the list could not be read: {parsed.layout.as_of_text} (--as-of)")
    return found


def totals(
    parsed: Parsed, figures: Figures, items: Sequence[int], left_out: Collection[int], warnings: list[str]
) -> list[FileTotal]:
    """The file's totals compared, where all rows are in one currency: currencies are never added.

    A running balance has no total: what stands there is the last one.
    """
    codes = {parsed.purse.currency[i] for i in items}
    if len(codes) != 1 or not parsed.kinds.totals:
        return []
    visible = set(items) - parsed.hidden if parsed.hidden else None
    stated = [
        total._replace(stated={at: value for at, value in total.stated.items() if at != figures.running})
        for total in parsed.kinds.totals
    ]
    sums = Sums(parsed.purse.minor, items, codes.pop())
    found, said = compare(parsed.layout, stated, sums, visible, left_out)
    warnings += said
    return found


def hidden(parsed: Parsed, items: Sequence[int]) -> int:
    """How many of the items stand in rows that Excel does not show."""
    return len(parsed.hidden.intersection(items)) if parsed.hidden else 0


def samples(parsed: Parsed, items: Sequence[int]) -> dict[str, str]:
    """By field, the first value in its column."""
    found = {}
    for field, column in parsed.layout.mapping.items():
        cells = parsed.cells[column.at]
        found[field] = next(
            (titles.shown(cells[i]) for i in items[:200] if cells[i] is not None and cells[i] != ""), ""
        )
    return found


def unread(layout: Layout, cells: Mapping[int, Sequence[Cell]], known: headers.Vocabulary) -> tuple[Unread, ...]:
    """The columns no field was read from, though something stands in them, with the field each may be."""
    read = {column.header: column.at for column in layout.mapping.values()}
    places = {*read.values(), *(bucket.at for bucket in layout.buckets)}
    texts = [layout.headers.get(at, "") for at in range(max(layout.needed, default=-1) + 1)]
    missing = [field for field in known.fields if field not in layout.mapping]
    near = {one.header: one.field for one in columns.proposals(texts, places, missing, known)}
    found = []
    for at in layout.needed:
        column, header = cells.get(at, ()), layout.headers.get(at, "")
        sample = next((cell for cell in column if cell is not None and cell != ""), None)
        if at in places or sample is None or (header in read and column == cells[read[header]]):
            continue
        meant = min(headers.meaning(header, known).fields, key=itemgetter(1), default=("", 0))[0]
        field = meant or near.get(header, "")
        fits = headers.suits(field, column[:200], known)
        found.append(Unread(headers.letter(at), header, titles.shown(sample), field if fits else ""))
    return tuple(found)


def parts(layout: Layout, odd: int) -> Iterator[str]:
    """What is said of components that are not the whole."""
    if odd:
        money = [field for field in ("open", "amount", "debit", "credit") if field in layout.mapping]
        whole = layout.mapping[money[0]].header
        names = ", ".join(f"'{layout.mapping[part].header}'" for part in headers.PARTS if part in layout.mapping)
        yield (
            f"{names} do not add up to '{whole}' in {odd} rows, of which '{whole}' was taken whole: "
            f"add --map principal='{whole}' --map open= where they come on top of it"
        )


def _without_a_day(parsed: Parsed, rows: Sequence[LedgerRow], items: Collection[int]) -> Iterator[str]:
    """Rows whose date column holds no date, with the words it holds instead."""
    for field, column in parsed.layout.mapping.items():
        words = {i: word for i, word in parsed.days.words.get(field, {}).items() if i in items}
        now = {i: word for i, word in words.items() if field == "due_on" and terms.at_once(word)}
        if now:
            yield f"{len(now)} rows are due at once, on their own date ({_met(now.values())})"
        count = len(words) - len(now)
        met = [word for i, word in words.items() if i not in now]
        if field == "due_on":
            count = len({row.row for row in rows if row.kind == "item" and not row.due_on and not row.bucket})
            if count:
                yield f"{count} rows have no due date{_behind(met)}: due from the item date + credit days"
        elif count:
            yield f"{count} rows have no day in column '{column.header}'{_behind(met)}"


def _met(words: Iterable[str]) -> str:
    return ", ".join(list(dict.fromkeys(words))[:5])


def _behind(words: Sequence[str]) -> str:
    return f" ({_met(words)})" if words else ""


def _alike(accounts: Iterable[AccountRow]) -> Iterator[str]:
    """Names that several customers have, but for capitals, blanks and punctuation: one with two numbers, or two."""
    same: dict[str, list[AccountRow]] = {}
    for one in accounts:
        same.setdefault("".join(filter(str.isalnum, one.name.casefold())) or one.name, []).append(one)
    several = [found for found in same.values() if len(found) > 1]
    numbered = [found for found in several if any(one.account != one.name for one in found)]
    named = [found for found in several if found not in numbered]
    if numbered:
        numbers = _met(one.account for one in numbered[0])
        yield f"{len(numbered)} names stand beside several numbers, {numbered[0][0].name}: {numbers}"
    if named:
        spelt = _met(one.name for one in named[0])
        yield f"{len(named)} customers without a number may be one, spelt otherwise: {spelt}"


def remarks(
    parsed: Parsed, rows: Sequence[LedgerRow], accounts: Mapping[str, AccountRow], items: Sequence[int], overpaid: int
) -> Iterator[str]:
    """What was done to the file beyond reading it, and what in it looks odd."""
    for field, count in parsed.days.swapped.items():
        header = parsed.layout.mapping[field].header
        yield f"{count} days in column '{header}' had day and month swapped by Excel and were put right"
    yield from _without_a_day(parsed, rows, set(items))
    kinds = parsed.kinds
    party = titles.labelled(parsed.layout.titles)
    if kinds.grouped and party and all((kinds.account[i], kinds.name[i]) == party for i in items):
        yield f"all rows are of {' '.join(filter(None, party))}, whom the lines above the header name"
    if below := parsed.kinds.footers:
        first = titles.line([cells[below[0]] for cells in parsed.cells.values()])
        place = f"row {below[0] + parsed.layout.first + 1}: {first}"
        yield f"{len(below)} rows below the total of all rows were left out, the first in {place}"
    if parsed.kinds.filled_down:
        yield f"{parsed.kinds.filled_down} rows without a customer belong to the customer above them"
    if overpaid:
        yield f"{overpaid} items are overpaid: what is below zero was taken as a credit"
    if unseen := hidden(parsed, items):
        yield f"{unseen} rows are hidden in the file and were read like the others"
    if count := len(parsed.purse.rounded.intersection(items)):
        yield f"{count} amounts have more decimals than their currency and were rounded half-even"
    if spelt := [one for one in accounts.values() if len(one.names) > 1]:
        most = max(spelt, key=lambda one: len(one.names))
        yield f"{len(spelt)} customers are spelt in several ways, {most.account} in {len(most.names)}"
    yield from _alike(accounts.values())
    if early := sum(bool(row.due_on) and row.due_on < row.document_on for row in rows):
        yield f"{early} items are due before their own date"
