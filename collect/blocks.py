"""A result cut into what stands on the screen: lines and tables, one table per currency; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from collect import money
from collect.cells import PEOPLE, currencies, fact_text, notes, texts, turned
from collect.safe import safe
from collect.views.sheet import Column, Done, Page, Sheet

TOTAL = "Total"
"""What stands before a sum."""
Style = Literal["", "title", "label", "note", "good", "bad"]


class Line(NamedTuple):
    """One line of text; `label` stands before it in a column of its own."""

    text: str
    style: Style = ""
    label: str = ""


class Block(NamedTuple):
    """One table: its cells as text, one list per column; its totals as rows."""

    columns: Sequence[Column]
    cells: Sequence[Sequence[str]]
    totals: Sequence[Sequence[str]]

    @property
    def height(self) -> int:
        """Rows without the totals."""
        return len(self.cells[0]) if self.cells else 0


Piece = Line | Block


def pieces(result: Sheet | Page | Done) -> list[Piece]:
    """Everything that stands on the screen, from top to bottom."""
    if isinstance(result, Done):
        last = [Line("dry run: nothing was changed", "note")] if result.dry_run else []
        return [*(Line(safe(line)) for line in result.lines), *last]
    return list(_page(result) if isinstance(result, Page) else _sheet(result))


def _page(page: Page) -> Iterator[Piece]:
    yield Line(safe(page.title), "title")
    facts = [fact for fact in page.facts if fact.value is not None and fact.kind != "list" and not fact.machine]
    if facts:
        yield Line("")
    for fact in facts:
        text = fact_text(PEOPLE, fact)
        if fact.kind == "money" and fact.currency:
            text = f"{fact.currency} {text}"
        yield Line(text, "", safe(fact.label))
    for sheet in page.sheets.values():
        yield Line("")
        yield from _sheet(sheet)
    if page.notes:
        yield Line("")
    yield from (Line(safe(note), "note") for note in page.notes)


def _sheet(sheet: Sheet) -> Iterator[Piece]:
    """Title, table, proof, notes.

    Sums are never of two currencies, so a sheet with totals has a table for each; a list in an order of its own,
    such as a queue, keeps its order and shows the currency as a column where there are several.
    """
    count, cells = turned(sheet)
    codes = currencies(sheet, cells, count)
    found = list(dict.fromkeys([*codes, *(total.get("currency") or "" for total in sheet.totals)]))
    proof = dict(sheet.proof or {})
    money_shown = any(column.kind == "money" and not column.machine for column in sheet.columns)
    alone = found[0] if len(found) == 1 and money_shown else ""
    yield Line(safe(f"{sheet.title} ({alone})" if alone else sheet.title), "title")
    if len(found) > 1 and money_shown and (sheet.totals or proof):
        for code in found:
            yield from (Line(""), Line(safe(code) or "no currency", "title"))
            some = [[value for value, own in zip(values, codes, strict=True) if own == code] for values in cells]
            yield from _table(sheet, some, [own for own in codes if own == code], hide_currency=True, code=code)
            yield from _proof(proof.pop(code, None), code)
    else:
        yield Line("")
        yield from _table(sheet, cells, codes, hide_currency=bool(alone))
        yield from _proof(proof.pop(alone, None), alone)
    for code, sides in proof.items():
        yield from _proof(sides, code, named=True)
    yield from (Line(safe(note), "note") for note in notes(sheet))


def _table(
    sheet: Sheet, cells: Sequence[Sequence[Any]], codes: Sequence[str], *, hide_currency: bool, code: str | None = None
) -> Iterator[Piece]:
    """The table of one currency (`code`), or of all; a line saying so where there is nothing in it.

    A column with nothing in any row is left out: it would take room from those that have something to say.
    """
    totals = [total for total in sheet.totals if code is None or (total.get("currency") or "") == code]
    if not codes and not totals:
        yield Line("no rows", "note")
        return
    kept = [
        at
        for at, column in enumerate(sheet.columns)
        if not column.machine
        and column.kind != "list"
        and not (hide_currency and column.key == "currency")
        and (not codes or any(value is not None and value != "" for value in cells[at]))
    ]
    columns = [sheet.columns[at]._replace(title=safe(sheet.columns[at].title)) for at in kept]
    shown = [texts(PEOPLE, sheet.columns[at], cells[at], codes) for at in kept]
    sums = [_total(columns, total) for total in totals]
    only = [cells[0] for cells in shown] if len(codes) == 1 else []
    if only and all(text in {own, "", TOTAL} for row in sums for text, own in zip(row, only, strict=True)):
        sums = []  # the total of one row says nothing new
    yield Block(columns, shown, sums)


def _total(columns: Sequence[Column], total: Mapping[str, Any]) -> list[str]:
    """One row of totals; the word stands in the first column that has no figure of its own."""
    code = total.get("currency") or ""
    row = [texts(PEOPLE, column, [total.get(column.key)], [code])[0] for column in columns]
    for at, (column, text) in enumerate(zip(columns, row, strict=True)):
        if not text and column.kind == "text":
            row[at] = TOTAL
            break
    return row


def proof_lines(sheet: Sheet) -> list[str]:
    """The proofs of a sheet as text, one per currency."""
    proofs = (sheet.proof or {}).items()
    return [line.text for code, sides in proofs for line in _proof(sides, code, named=True)]


def _proof(sides: Mapping[str, Any] | None, code: str, *, named: bool = False) -> Iterator[Line]:
    """The proof of one currency: `proof: postings 1,23,456.78 = report 1,23,456.78  ok`."""
    if sides is None:
        return
    postings, report = (money.shown(sides[side], code) for side in ("postings", "report"))
    sign, verdict = ("=", "ok") if sides["ok"] else ("is not", "FAILED")
    text = f"proof{f' {code}' if named else ''}: postings {postings} {sign} report {report}  {verdict}"
    yield Line(text, "good" if sides["ok"] else "bad")
