"""From the item rows of a file to ledger rows: whose, which, since when, how much; a column at a time."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count, repeat
from typing import TypeVar

from collect import duedates, headers, idcells, terms
from collect.amountcolumns import Minor
from collect.grids import AccountRow, Cell, Layout, LedgerRow, Options
from collect.intake_money import Figures

T = TypeVar("T")
_PAID = re.compile(
    r"(?:fully[ _-]?)?(?:paid|settled|cleared|closed|complete[d]?|in[ _]payment|reconciled)(?: in full)?|yes",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"part(?:ial(?:ly)?|ly)?[ _-]*(?:paid|payment)?", re.IGNORECASE)
_NO = frozenset(("", "no", "n", "false", "0", "0.0", "-", "none", "nil", "not disputed", "resolved", "na", "n/a"))
CREDIT = re.compile(
    r".*\b(?:credit[ -]?(?:memo|note|adj\w*)|refund|sales? returns?|payments?|receipts?|unapplied|on[ -]account"
    r"|gutschrift|avoir)\b.*"
    r"|cn|advance|advance (?:received|receipt)|out_refund",
    re.IGNORECASE,
)
_FACTS = (*headers.FACTS, "credit_days", "terms")
_COMPONENTS = (("penal", "penalty"), ("late", "penalty"), ("interest", "interest"), ("fee", "fee"), ("charge", "fee"))


@dataclass(frozen=True, slots=True)
class Source:
    """What rows are made of, in lists by row of the file below its header."""

    layout: Layout
    options: Options
    cells: Mapping[int, Sequence[Cell]]
    account: Sequence[str]
    name: Sequence[str]
    number: Sequence[str]
    days: Mapping[str, Sequence[str]]
    currency: Sequence[str]
    figures: Figures
    buckets: Mapping[int, str]
    signed: bool
    """Whether signs are certain: debit and credit columns, a Dr/Cr column or number format."""
    as_of: str = ""
    """The list's day, '' where it states none; days overdue are counted back from it."""


def texts(source: Source, field: str) -> list[str] | None:
    """The texts of a mapped column, None where the file has none."""
    if field not in source.layout.mapping:
        return None
    cells = source.cells[source.layout.mapping[field].at]
    return idcells.names(cells)


def build(source: Source, items: Sequence[int], warnings: list[str]) -> list[LedgerRow]:
    """One ledger row per item row, in the file's order."""
    amount, outstanding = _figures(source, items, warnings)
    due = duedates.find(source.layout, source.options, source.cells, source.days, source.as_of, items)
    if told := due.origin.count("days overdue"):
        warnings.append(f"due dates reckoned from the days overdue and the list's day, {source.as_of}: {told}")
    first = source.layout.first + 1
    disputed = _disputed(source)
    size = len(items)
    amounts = [value or 0 for value in pick(amount, items)]
    columns: list[Iterable[object]] = [
        [i + first for i in items],
        pick(source.account, items),
        pick(source.name, items),
        pick(source.number, items),
        pick(_components(source), items),
        ["credit" if value < 0 else "item" for value in amounts],
        pick(source.days.get("document_on"), items) or [""] * size,
        pick(due.days, items),
        pick(source.currency, items),
        amounts,
        repeat(None, size) if outstanding is None else pick(outstanding, items),
        pick(source.days.get("settled_on"), items) or [""] * size,
        pick(disputed, items),
        pick(_buckets(source, due.days, due.not_due), items) or [""] * size,
        pick(due.origin, items),
    ]
    return list(map(tuple.__new__, repeat(LedgerRow), zip(*columns, strict=True)))


def _figures(source: Source, items: Sequence[int], warnings: list[str]) -> tuple[Minor, Minor | None]:
    """Amount and open by row, credits negative whatever the file writes, and never more open than the amount."""
    amount, outstanding = source.figures.amount, _open(source, items, warnings)
    credit = _credit_type(source)
    if credit and not source.signed and not any((amount[i] or 0) < 0 for i in items if credit[i]):
        turned = [i for i in items if credit[i] and (amount[i] or 0) > 0]
        if turned:
            amount, outstanding = _negated(amount, turned), outstanding and _negated(outstanding, turned)
            said = "credit notes and receipts are written without a minus and were taken as credits"
            warnings.append(f"{len(turned)} {said}")
    if outstanding is not None:
        paid = [i for i in items if not amount[i] and (outstanding[i] or 0) < 0]
        if paid:  # a receipt that was never invoiced
            amount = list(amount)
            for i in paid:
                amount[i] = outstanding[i]
        grown = [i for i in items if (rest := outstanding[i]) is not None and rest > (amount[i] or 0) >= 0]
        if grown:
            amount = list(amount)
            for i in grown:
                amount[i] = outstanding[i]
            warnings.append(f"{len(grown)} items are open with more than their amount: what is open was taken for both")
    return amount, outstanding


def pick(column: Sequence[T] | None, items: Sequence[int]) -> Sequence[T]:
    """The item rows of a column, none where there is no such column."""
    if column is None:
        return []
    return column if len(items) == len(column) else [column[i] for i in items]


def _open(source: Source, items: Sequence[int], warnings: list[str]) -> Minor | None:
    """What is open by row: the file's figure, else nothing where a status column says that the row is paid."""
    found = source.figures.open
    status = texts(source, "status")
    if found is not None or status is None:
        return found
    if headers.words(source.layout.mapping["status"].header) in {"is open", "isopen"}:
        paid = {text for text in set(status) if text.lower() in _NO}
    else:
        paid = {text for text in set(status) if _PAID.fullmatch(text)}
    partly = sum(1 for i in items if _PARTLY.fullmatch(status[i]))
    if partly:
        warnings.append(f"{partly} rows are partly paid and the file does not say how much is open: counted in full")
    if not paid:
        return None
    return [0 if text in paid else value for text, value in zip(status, source.figures.amount, strict=True)]


def _credit_type(source: Source) -> list[bool] | None:
    """Whether a row's document type is a credit, None where the file has no such column."""
    kinds = texts(source, "doc_type")
    if kinds is None:
        return None
    credit = {text for text in set(kinds) if CREDIT.fullmatch(text)}
    return [text in credit for text in kinds] if credit else None


def _negated(values: Minor, rows: Iterable[int]) -> Minor:
    changed = list(values)
    for i in rows:
        changed[i] = -(changed[i] or 0)
    return changed


def _disputed(source: Source) -> list[bool]:
    marks = texts(source, "disputed")
    if marks is not None:
        yes = {text: text.lower() not in _NO for text in set(marks)}
        return [yes[text] for text in marks]
    status = texts(source, "status")
    if status is not None and any("disput" in text.lower() for text in set(status)):
        return ["disput" in text.lower() for text in status]
    return [False] * len(source.account)


def _components(source: Source) -> list[str]:
    found = texts(source, "component")
    if found is None:
        return ["principal"] * len(source.account)
    known = {
        text: next((part for word, part in _COMPONENTS if word in text.lower()), "principal") for text in set(found)
    }
    return [known[text] for text in found]


def _buckets(source: Source, due: Sequence[str], not_due: Collection[int]) -> list[str] | None:
    """The age bucket of rows without a due date: the file's own column, else the section, else that it is not due."""
    found = texts(source, "bucket")
    if found is None and not source.buckets and not not_due:
        return None
    labels = {text: headers.bucket(text) or text for text in set(found or ())}
    rows = [labels[text] for text in found] if found is not None else [""] * len(due)
    for i, label in (*source.buckets.items(), *((i, "not due") for i in not_due)):
        rows[i] = rows[i] or label
    return ["" if day else label for day, label in zip(due, rows, strict=True)]


def duplicates(source: Source, items: Sequence[int]) -> set[int]:
    """Rows equal to an earlier one in every cell and in the party they stand under."""
    numbers = set(pick(source.number, items))
    if len(numbers) == len(items):
        return set()
    short: Counter[tuple[object, ...]] = Counter(
        zip(source.account, source.name, source.number, source.figures.amount, strict=True)
    )
    if len(short) == len(source.account):
        return set()
    again: set[int] = set()
    seen: set[tuple[object, ...]] = set()
    columns = list(source.cells.values())
    for i in items:
        if short[source.account[i], source.name[i], source.number[i], source.figures.amount[i]] > 1:
            whole = (source.account[i], source.name[i], *[cells[i] for cells in columns])
            if whole in seen:
                again.add(i)
            seen.add(whole)
    return again


def accounts(source: Source, items: Sequence[int]) -> dict[str, AccountRow]:
    """What the file says of every account: its spellings, and the facts in other columns (the last of each)."""
    rows = pick(source.account, items)
    spellings = _spellings(rows, pick(source.name, items))
    last = list(dict(zip(rows, count(), strict=False)).values())
    found = {field: pick(column, items) for field in _FACTS if (column := texts(source, field)) is not None}
    whole = [field for field in found if "" not in found[field]]
    lasts = [[found[field][i] for i in last] for field in whole]
    facts = [dict(zip(whole, values, strict=True)) for values in zip(*lasts, strict=True)] or [{} for _ in last]
    by_account = dict(zip(spellings, facts, strict=True))
    for field in found.keys() - set(whole):
        values = found[field]
        for account, text in dict(zip(compress(rows, values), filter(None, values), strict=True)).items():
            by_account[account][field] = text
    for known in facts if "credit_days" in found else ():
        if (days := terms.days(known.get("credit_days"))) is not None:
            known["credit_days"] = str(days)
    return {
        account: AccountRow(account, names[0], names, known)
        for (account, names), known in zip(spellings.items(), facts, strict=True)
    }


def _spellings(rows: Sequence[str], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The names that stand beside each account, the most frequent first."""
    name_of = dict(zip(rows, names, strict=True))
    if [name_of[account] for account in rows] == names:
        return {account: (name,) for account, name in name_of.items()}
    found: dict[str, tuple[str, ...]] = dict.fromkeys(name_of, ())
    for (account, name), _ in Counter(zip(rows, names, strict=True)).most_common():
        found[account] += (name,)
    return found
