"""Where things are in an xlsx workbook: its sheets, styles and strings, from its own list of parts."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from collect.files import xmlparts
from collect.files.numberformat import SignFormat, sign_format
from collect.files.preflight import Package, part_name


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, the part that holds it, and whether it can be seen in Excel."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in the workbook."""

    sheets: tuple[SheetPart, ...]
    missing: tuple[str, ...]
    styles: bytes | None
    strings: bytes | None
    date1904: bool
    stale_zeros: bool
    signs: Mapping[int, SignFormat]


def layout(package: Package) -> Layout:
    """Sheets, styles and strings, from the workbook's own list of its parts."""
    start = next((t for _, kind, t in relations(package, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = {number: (kind, target) for number, kind, target in relations(package, start)}
    by_kind = {kind: target for kind, target in parts.values() if target in package}
    sheets: list[SheetPart] = []
    missing: list[str] = []
    settings: dict[str, str] = {}
    for name, attributes in xmlparts.elements(package.read(start)):
        kind, target = parts.get(attributes.get("id", ""), ("", ""))
        if name in ("workbookPr", "calcPr"):
            settings.update(attributes)
        elif name != "sheet" or kind != "worksheet":
            continue
        elif target not in package:
            missing.append(attributes.get("name", target))
        else:
            shown = attributes.get("state", "visible") == "visible"
            sheets.append(SheetPart(attributes.get("name", target), target, shown))
    styles = package.read(by_kind["styles"]) if "styles" in by_kind else None
    strings = package.read(by_kind["sharedStrings"]) if "sharedStrings" in by_kind else None
    return Layout(
        sheets=tuple(sheets),
        missing=tuple(missing),
        styles=styles,
        strings=strings,
        date1904=settings.get("date1904") in ("1", "true"),
        stale_zeros=settings.get("fullCalcOnLoad") in ("1", "true"),
        signs=sign_styles(styles) if styles else {},
    )


def relations(package: Package, source: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target part of what `source` refers to inside the workbook."""
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", name + ".rels")
    if path not in package:
        return
    for element, attributes in xmlparts.elements(package.read(path)):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield attributes.get("Id", ""), posixpath.basename(attributes.get("Type", "")), part_name(full)


def sign_styles(styles: bytes) -> dict[int, SignFormat]:
    """Style numbers whose number format shows Dr or Cr."""
    formats: dict[str, SignFormat] = {}
    found: dict[int, SignFormat] = {}
    if not re.search(rb"dr|cr|debit|credit|\\d|\\c", styles, re.IGNORECASE):
        return found
    number = -1
    for name, attributes in xmlparts.elements(styles):
        if name == "numFmt" and (form := sign_format(attributes.get("formatCode", ""))):
            formats[attributes.get("numFmtId", "")] = form
        elif name == "cellXfs":
            number = 0
        elif name in ("cellStyles", "dxfs"):
            number = -1
        elif name == "xf" and number >= 0:
            if form := formats.get(attributes.get("numFmtId", "")):
                found[number] = form
            number += 1
    return found
