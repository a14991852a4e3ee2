"""Which columns a list is read from, where a word alone does not say it: the other columns decide, or the user must.

What is left over is named, with the field it may be: proposed, never taken by itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from collect import amountforms, headers
from collect.grids import Cell, Proposal
from collect.headers import PARTS, Vocabulary

_NEAR = 80
"""How alike, in per cent, a header must be to a known one to be proposed for it."""


class Table(NamedTuple):
    """A header row and some of the rows below it."""

    texts: Sequence[str]
    body: Sequence[Sequence[Cell]]

    def cells(self, at: int) -> list[Cell]:
        """What stands in a column, row by row."""
        return [row[at] if at < len(row) else None for row in self.body]


class Decided(NamedTuple):
    """The column of every field, what was decided against the words, and what only the user can decide."""

    mapping: dict[str, int]
    said: tuple[str, ...] = ()
    asked: tuple[str, str] | None = None
    """Message and hint."""


def decide(table: Table, mapping: Mapping[str, int], given: Collection[str], known: Vocabulary) -> Decided:
    """Look again at the fields whose headers have two meanings; what the user named (`given`) stands."""
    chosen, said = dict(mapping), list[str]()
    for field, other in (("account", "name"), ("name", "account")):
        if field in chosen and field not in given and _of_the_ledger(table, chosen, field, other, known):
            header = table.texts[chosen[field]]
            said.append(f"column '{header}' says the same of many customers, so it is not theirs and was not read")
            own = [at for at in _free(table, chosen, field, known) if not known.is_one("ledgers", table.texts[at])]
            chosen = {**chosen, field: own[0]} if own else {one: at for one, at in chosen.items() if one != field}
    if "amount" in chosen and not {"debit", "credit"} & set(given):
        _running_sides(table, chosen, known)
    parts = [field for field in PARTS if field in chosen]
    if len(parts) == 1 and parts[0] not in given and {"amount", "open", "debit", "credit"} & chosen.keys():
        del chosen[parts[0]]
    if "open" in chosen and "open" not in given:
        chosen["open"] = _overdue(table, chosen, known)
    for field in ("amount", "status"):
        if field in chosen and field not in given and _misread(table, chosen, field, known):
            del chosen[field]
    asked = None
    if "currency" not in given:
        asked = _one_side(table, chosen, known, said)
    if "amount" in chosen and not {"amount", "open"} & set(given) and "open" not in chosen:
        chosen["amount"], rival = _whole(table, chosen, known)
        asked = asked or rival
    return Decided(chosen, tuple(said), asked)


def _running_sides(table: Table, mapping: dict[str, int], known: Vocabulary) -> None:
    """Take the two sides of a balance that runs on beside amounts for that balance, not for debit and credit.

    Vyapar's statement of a party has them; in its list of all parties the same words are what each of them owes.
    """
    sides = [at for field in ("debit", "credit") if (at := mapping.get(field)) is not None]
    if sides and all(known.is_one("running", table.texts[at]) for at in sides):
        mapping.pop("credit", None)
        if (debit := mapping.pop("debit", None)) is not None:
            mapping.setdefault("open", debit)


def _of_the_ledger(table: Table, mapping: Mapping[str, int], field: str, other: str, known: Vocabulary) -> bool:
    """Whether a column may be and is the account of the general ledger: one value beside many customers.

    Names that begin with the same word are spellings of one. In a list of the lines of bills it is also that of a
    customer with several values that others have too.
    """
    beside = [mapping[other]] if other in mapping else _free(table, mapping, field, known)
    if not beside or not known.is_one("ledgers", table.texts[mapping[field]]):
        return False
    pairs = zip(table.cells(mapping[field]), table.cells(beside[0]), strict=True)
    both = {(str(one), (headers.words(str(two)).split() or [""])[0]) for one, two in pairs if one and two}
    few, many = {one for one, _ in both}, {two for _, two in both}
    lines = any(known.is_one("lines", text) for text in table.texts)
    return len(few) * 2 <= len(many) or (lines and len(both) > max(len(few), len(many)))


def _overdue(table: Table, mapping: Mapping[str, int], known: Vocabulary) -> int:
    """In a list of loans, the column of what is overdue rather than that of the loan's balance."""
    at = mapping["open"]
    if known.names("overdue", table.texts[at]) or not any(known.names("loans", text) for text in table.texts):
        return at
    others = _free(table, mapping, "open", known)
    return next((other for other in others if known.names("overdue", table.texts[other])), at)


def _misread(table: Table, mapping: Mapping[str, int], field: str, known: Vocabulary) -> bool:
    """Whether a column is not what its word may mean: one EMI where more is overdue, a state of the country."""
    at = mapping[field]
    if field == "status":
        said = {str(cell) for cell in table.cells(at) if cell}
        return known.is_one("lands", table.texts[at]) and not any(known.is_one("states", cell) for cell in said)
    if not known.names("instalments", table.texts[at]) or "open" not in mapping:
        return False
    both = zip(map(_cents, table.cells(at)), map(_cents, table.cells(mapping["open"])), strict=True)
    return any(own is not None and rest is not None and rest > own for own, rest in both)


def _free(table: Table, mapping: Mapping[str, int], field: str, known: Vocabulary) -> list[int]:
    """Columns not taken that could be a field, the best first."""
    found = []
    for at, text in enumerate(table.texts):
        ranks = dict(headers.meaning(text, known).fields)
        if field in ranks and at not in mapping.values() and headers.suits(field, table.cells(at)[:12], known):
            found.append((ranks[field], at))
    return [at for _, at in sorted(found)]


def _one_side(table: Table, mapping: dict[str, int], known: Vocabulary, said: list[str]) -> tuple[str, str] | None:
    """See that amounts and currency are both of the books, or both of the bill; what to ask where they cannot be."""
    money = [field for field in ("open", "amount") if field in mapping]
    if not money:
        return None
    amounts = table.texts[mapping[money[0]]]
    of_books = known.names("local", amounts)
    if of_books and known.names("foreign", table.texts[mapping[money[-1]]]):
        _retake(table, mapping, "amount", known, local=True)
    if "currency" not in mapping:
        return None
    header = table.texts[mapping["currency"]]
    several = len({cell for cell in table.cells(mapping["currency"]) if cell not in {None, ""}}) > 1
    if of_books and not known.names("local", header) and (several or known.names("foreign", header)):
        if not _retake(table, mapping, "currency", known, local=True):
            said.append(f"column '{header}' is not the currency of '{amounts}' and was not read")
    elif (
        known.names("local", header)
        and known.names("foreign", amounts)
        and not _retake(table, mapping, "currency", known, local=False)
    ):
        what = f"amounts of the bills' own currency beside that of the books: {header}"
        return what, "name the currency of the amounts, --currency CUR --map currency=, or --map currency='Its header'"
    return None


def _retake(table: Table, mapping: dict[str, int], field: str, known: Vocabulary, *, local: bool) -> bool:
    """Take another column for a field, of the books' own currency or of another; whether there is one."""
    own = [at for at in _free(table, mapping, field, known) if known.names("local", table.texts[at]) is local]
    del mapping[field]
    if own:
        mapping[field] = own[0]
    return bool(own)


def _whole(table: Table, mapping: Mapping[str, int], known: Vocabulary) -> tuple[int, tuple[str, str] | None]:
    """The column of the amount with its taxes, where the rows prove one; what must be asked, where they do not."""
    at = mapping["amount"]
    if not known.is_one("rivals", table.texts[at]) or {"debit", "credit", "paid"} & mapping.keys():
        return at, None
    taxes = [place for place, text in enumerate(table.texts) if known.is_one("taxes", text)]
    others = [other for other in _free(table, mapping, "amount", known) if known.is_one("rivals", table.texts[other])]
    for other in others:
        figures = [(_cents(one), _cents(two)) for one, two in zip(table.cells(at), table.cells(other), strict=True)]
        both = [(i, one, two) for i, (one, two) in enumerate(figures) if one is not None and two is not None]
        if known.key(table.texts[at]) == known.key(table.texts[other]) or all(one == two for _, one, two in both):
            continue
        added = [sum(_cents(table.cells(tax)[i]) or 0 for tax in taxes) for i in range(len(table.body))]
        if taxes and all(one + added[i] == two for i, one, two in both):
            return other, None
        if taxes and all(two + added[i] == one for i, one, two in both):
            continue
        left, right = table.texts[at], table.texts[other]
        return at, (
            f"two columns that could be what is owed, {left} and {right}, and they differ: {left}",
            f"say which one it is: --map amount='{left}' or --map amount='{right}'",
        )
    return at, None


def _cents(cell: Cell) -> int | None:
    """A figure to compare with others, in hundredths; None for what is no plain figure."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float) or cell == "":
        return None
    if isinstance(cell, str):
        found = amountforms.shape(cell)
        if found.problem:
            return None
        mark = found.mark if found.mark in {".", ","} else "."
        whole, _, rest = found.number.replace("," if mark == "." else ".", "").partition(mark)
        return found.sign * (found.drcr or 1) * int((whole or "0") + rest[:2].ljust(2, "0"))
    return round(cell * 100) if abs(cell) < 10**13 else None


def proposals(texts: Sequence[str], mapped: Iterable[int], missing: Iterable[str], known: Vocabulary) -> list[Proposal]:
    """Headers that are nearly a known one of a field that has no column yet."""
    from rapidfuzz import fuzz, process

    used, wanted = set(mapped), set(missing)
    synonyms = [text for text, pairs in known.meanings.items() if any(field in wanted for field, _ in pairs)]
    found = []
    for at, header in enumerate(texts):
        key = known.key(header)
        spoken_for = key in known.unused or headers.bucket(header) or headers.meaning(header, known).fields
        if at in used or len(key) < 4 or spoken_for:
            continue
        best = process.extractOne(key, synonyms, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR)
        if best is not None:
            _, field = min((rank, field) for field, rank in known.meanings[best[0]] if field in wanted)
            found.append(Proposal(field, header, best[0]))
    return found
