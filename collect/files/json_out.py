"""Results as one json object: money as text in major units, ISO days, nothing localised, one row to a line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, BinaryIO

from collect import money
from collect.cells import MACHINES, Forms, chunks, currencies, notes, texts
from collect.safe import escaped
from collect.views.sheet import Column, Done, Fact, Page, Sheet


def lines(result: Sheet | Page | Done, today: date, *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of the object; `ascii_only` writes every other letter as an escape, which reads back the same."""
    return _Writer(ascii_only=ascii_only).lines(result, today)


def write(file: BinaryIO, result: Sheet | Page | Done, today: date) -> int:
    """Write the object in UTF-8; the number of rows in it."""
    writer = _Writer(ascii_only=False)
    file.writelines(f"{line}\n".encode() for line in writer.lines(result, today))
    return writer.rows


class _Writer:
    """Cells and objects as json text."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.rows = 0
        self._encode = encode_basestring_ascii if ascii_only else encode_basestring
        self._anything = json.JSONEncoder(ensure_ascii=ascii_only, default=_plain_value).encode
        self.forms: Forms = {
            "text": lambda value, _currency: self.text(str(value)),
            "money": lambda minor, currency: f'"{money.plain(minor, currency)}"',
            "int": lambda value, _currency: str(value),
            "number": lambda value, _currency: self.text(str(value)),
            "date": lambda value, currency: self.text(MACHINES["date"](value, currency)),
            "instant": lambda value, _currency: self.text(value),
            "percent": lambda value, currency: self.text(MACHINES["percent"](value, currency)),
            "flag": lambda value, _currency: "true" if value else "false",
            "list": lambda value, _currency: self.anything(value),
        }

    def lines(self, result: Sheet | Page | Done, today: date) -> Iterator[str]:
        """The whole object, one key or row to a line."""
        yield "{"
        yield f'  "report": {self.text(result.report)},'
        yield f'  "today": "{today.isoformat()}",'
        if isinstance(result, Sheet):
            yield f'  "params": {self.anything(result.params)},'
            yield from self.sheet(result)
        elif isinstance(result, Page):
            yield from self.facts(result.facts)
            for name, sheet in result.sheets.items():
                yield f"  {self.text(name)}: {{"
                yield from self.sheet(sheet)
                yield "  },"
            yield f'  "notes": {self.anything(list(result.notes))}'
        else:
            yield from self.facts(result.facts)
            yield f'  "dry_run": {self.anything(result.dry_run)}'
        yield "}"

    def text(self, value: str) -> str:
        """A string, quoted; characters that could drive a terminal are escapes."""
        return escaped(self._encode(value))

    def anything(self, value: Any) -> str:
        """Lists, mappings and scalars; a day inside them is ISO text."""
        return escaped(self._anything(value))

    def facts(self, facts: Sequence[Fact]) -> Iterator[str]:
        """One line per fact."""
        for fact in facts:
            value = "null" if fact.value is None else self.forms[fact.kind](fact.value, fact.currency)
            yield f"  {self.text(fact.key)}: {value},"

    def sheet(self, sheet: Sheet) -> Iterator[str]:
        """The keys of a sheet, from its columns to its notes, without braces around them."""
        yield f'  "columns": {self.anything([column.key for column in sheet.columns])},'
        yield '  "rows": ['
        held = ""
        for row in self._rows(sheet):
            if held:
                yield f"{held},"
            held = row
        yield from [held] if held else []
        yield "  ],"
        totals = [self._total(sheet, total) for total in sheet.totals]
        yield f'  "totals": [{", ".join(totals)}],'
        yield f'  "proof": {self._proof(sheet.proof or {})},'
        yield f'  "notes": {self.anything(notes(sheet))}'

    def _rows(self, sheet: Sheet) -> Iterator[str]:
        keys = [self.text(column.key).replace("%", "%%") for column in sheet.columns]
        template = "    {" + ", ".join(f"{key}: %s" for key in keys) + "}"
        for count, cells in chunks(sheet):
            self.rows += count
            codes = currencies(sheet, cells, count)
            columns = [
                texts(self.forms, column, values, codes, empty="null")
                for column, values in zip(sheet.columns, cells, strict=True)
            ]
            yield from map(template.__mod__, zip(*columns, strict=True))

    def _total(self, sheet: Sheet, total: Mapping[str, Any]) -> str:
        known = {column.key: column for column in [*sheet.totals_columns, *sheet.columns]}
        code = total.get("currency") or ""
        cells = []
        for key, value in total.items():
            column = known.get(key, Column(key, key, "list"))
            cells.append(f"{self.text(key)}: {texts(self.forms, column, [value], [code], empty='null')[0]}")
        return "{" + ", ".join(cells) + "}"

    def _proof(self, proof: Mapping[str, Mapping[str, Any]]) -> str:
        shown = {
            code: {key: value if key == "ok" else money.plain(value, code) for key, value in sides.items()}
            for code, sides in proof.items()
        }
        return self.anything(shown)


def _plain_value(value: object) -> str:
    """What json has no type for, inside a list or the parameters: days, instants, paths, decimals."""
    return value.isoformat() if isinstance(value, date) else str(value)
