"""Finding the ledger in a file: which sheet, which header row (or two), what every column means."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from collect import columns, headers, headrows, heads, payables, titles, unnamed
from collect.errors import InputRefused, RunningLedger
from collect.grids import Bucket, Cell, Column, Layout, Options, Proposal, SheetLike, SheetRows, Tops

Rows = Sequence[Sequence[Cell]]
_MONEY = frozenset(("amount", "open", "debit", "credit"))
_WHAT = frozenset(("account", "name", "number", "document_on", "due_on"))
_SAMPLE = 12
_HINTED = 8


class Candidate(NamedTuple):
    """A header that was found: its place, its texts by column, what they mean, and how well they fit."""

    sheet: SheetLike
    rows: Rows
    top: int
    depth: int
    texts: list[str]
    mapping: dict[str, int]
    buckets: tuple[Bucket, ...]
    score: int
    decided: columns.Decided


def find(tops: Tops, options: Options) -> list[Layout]:
    """The layout of the ledger in a file, in the file's order: of all sheets with its columns, or running ledgers.

    Raises InputRefused (what was found and how to map it) and WrongUsage (a field or sheet that does not exist).
    """
    heads.check(tops, options, "field", headers.vocabulary().fields)
    chosen = [pair for pair in tops if (pair[0].name == options.sheet if options.sheet else pair[0].visible)]
    found = [best for sheet, rows in chosen if (best := _best(sheet, rows, options))]
    if not found:
        raise _refusal(chosen or tops, options)
    lines = [[one.sheet.name, *map(titles.line, one.rows[: one.top])] for one in found]
    owed, payable = payables.apart(lines, options)
    found = [found[at] for at in owed]
    if options.layout == "statement":
        running = [one for one in found if "document_on" in one.mapping]
        return _warned([_layout(one, tops, options) for one in running or found], payable)
    best = max(found, key=lambda candidate: candidate.score)
    alike = [one for one in found if one is best or (one.score > 1 and _read_as(one) == _read_as(best))]
    _refuse(alike)
    names = {one.sheet.name for one in alike}
    others = tuple(
        SheetRows(one.sheet.name, one.sheet.rows - one.top - one.depth, read=False)
        for one in found
        if one.sheet.name not in names and one.score > 1
    )
    layouts = [replace(_layout(one, tops, options), others=others) for one in alike]
    return _warned(layouts, payable)


def _refuse(alike: Sequence[Candidate]) -> None:
    """Raise InputRefused where a column's meaning must be asked for, or several sheets are nobody's."""
    for one in alike:
        if one.decided.asked:
            raise InputRefused(*one.decided.asked)
    first = alike[0]
    if len(alike) > 1 and not {"account", "name"} & first.mapping.keys():
        raise RunningLedger(
            f"{len(alike)} sheets with the same columns and no customer column: "
            f"{first.sheet.name}, {alike[1].sheet.name}",
            "if each sheet is one customer's running ledger, add --layout statement; else choose one with --sheet",
        )


def _warned(layouts: list[Layout], said: Iterable[str]) -> list[Layout]:
    return [replace(layouts[0], warnings=(*layouts[0].warnings, *said)), *layouts[1:]]


def _best(sheet: SheetLike, rows: Rows, options: Options) -> Candidate | None:
    """The best header of one sheet: of equals the upper one, and one row rather than two; never one that repeats."""
    best: Candidate | None = None
    known = headers.vocabulary()
    seen: dict[str, int] = {}
    for top, row in enumerate(rows):
        texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in row]
        if sum(map(bool, texts)) < 2 or not (options.mapping or any(headrows.known(text, known) for text in texts)):
            continue
        below = rows[top + 1] if top + 1 < len(rows) else ()
        for depth, joined in ((1, texts), (2, headrows.joined(texts, below))):
            if joined is None or not headrows.usable(row, texts):
                continue
            last = titles.line(rows[top + depth - 1])
            if seen.get(last, top + depth) != top + depth:
                continue
            candidate = _candidate(sheet, rows, top, depth, joined, options)
            if candidate is None and depth == 1:
                candidate = _candidate(sheet, rows, top, depth, headrows.from_above(rows[:top], joined), options)
            if candidate and candidate.score > 1:
                seen[last] = top + depth
            if candidate and (best is None or candidate.score > best.score):
                best = candidate
    return best


def _candidate(
    sheet: SheetLike, rows: Rows, top: int, depth: int, texts: list[str], options: Options
) -> Candidate | None:
    """What these header texts mean, or None when they are no header of a ledger."""
    known = headers.vocabulary()
    given = heads.places(texts, options.mapping)
    if given is None:
        return None
    body = rows[top + depth : top + depth + _SAMPLE]
    samples = {
        i: [row[i] for row in body if i < len(row) and headers.label(row[i]) != text]
        for i, text in enumerate(texts)
        if text
    }
    assigned = headers.assign(texts, samples, known, given)
    decided = columns.decide(columns.Table(texts, rows[top + depth :]), assigned, given, known)
    mapping = decided.mapping
    buckets = _buckets(texts, set(mapping.values()))
    mapping = unnamed.meant(mapping, texts, body, given, buckets=bool(buckets))
    parts = [part for part in headers.PARTS if part in mapping]
    if not (_MONEY & mapping.keys() or buckets or len(parts) > 1) or not _WHAT & mapping.keys():
        return None
    score = sum(known.weights.get(field, 1) for field in mapping) + 2 * bool(buckets) + 10 * len(given)
    empty = not any(cell is not None and cell != "" for row in body for cell in row)
    return Candidate(sheet, rows, top, depth, texts, mapping, buckets, 1 if empty else score * 2 - depth, decided)


def _buckets(texts: Sequence[str], used: Collection[int]) -> tuple[Bucket, ...]:
    """The columns named for age buckets, where there are two at least."""
    named = [(i, text, headers.bucket(text)) for i, text in enumerate(texts) if i not in used]
    edges = [int(part) for _, _, label in named for part in re.findall(r"\d+", label)]
    if len({label for _, _, label in named if label}) < 2:
        return ()
    last = f"{max(edges) + 1}+" if edges else "1+"
    return tuple(Bucket(i, text, last if label == headers.OLDER else label) for i, text, label in named if label)


def _layout(best: Candidate, tops: Tops, options: Options) -> Layout:
    known = headers.vocabulary()
    meanings = [headers.meaning(best.texts[i], known) for field, i in best.mapping.items() if field in known.money]
    lines = tuple(text for row in best.rows[: best.top] if (text := titles.line(row)))
    said = titles.said(lines)
    if not said.as_of:
        others = [titles.line(row) for sheet, rows in tops if sheet is not best.sheet for row in rows[:10]]
        said = said._replace(as_of=titles.said(others).as_of)
    body = best.rows[best.top + best.depth :]
    filled = {i for row in body for i, cell in enumerate(row) if cell is not None and cell != ""}
    named = {i for i, text in enumerate(best.texts) if text}
    every = set(range(len(best.texts))) if options.layout == "statement" else set()
    layout = Layout(
        sheet=best.sheet.name,
        header_row=best.top + 1,
        first=best.top + best.depth,
        mapping={field: Column(i, best.texts[i]) for field, i in best.mapping.items()},
        buckets=best.buckets,
        headers={i: text for i, text in enumerate(best.texts) if text},
        needed=tuple(sorted(filled | named | every | set(best.mapping.values()))),
        fingerprint=sha256("|".join(map(headers.words, best.texts)).rstrip("|").encode()).hexdigest()[:16],
        titles=lines,
        as_of_text=said.as_of,
        period_text=said.period,
        currency_word=next((m.currency for m in meanings if m.currency), said.currency),
        scale=max((m.scale for m in meanings), default=1),
        statement=options.layout == "statement",
    )
    return replace(layout, warnings=tuple(_warnings(best, layout)))


def _warnings(best: Candidate, layout: Layout) -> Iterable[str]:
    yield from best.decided.said
    for field in ("account", "name"):
        if field in layout.mapping and headers.vocabulary().names("vendors", layout.mapping[field].header):
            yield f"column '{layout.mapping[field].header}' names vendors: only what they owe you belongs here"
    used = {column.at for column in layout.mapping.values()}
    body = best.rows[layout.first :]
    for field, column in layout.mapping.items():
        same = [i for i, text in enumerate(best.texts) if i not in used and _same(text, column.header)]
        for i in same:
            if any(_cell(row, i) != _cell(row, column.at) for row in body):
                yield (
                    f"two columns are called '{column.header}': {headers.letter(column.at)} was read as {field}, "
                    f"{headers.letter(i)} was not (--map {field}={headers.letter(i)} reads that one)"
                )


def _same(left: str, right: str) -> bool:
    return bool(left) and headers.words(left) == headers.words(right)


def _cell(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None


def _read_as(one: Candidate) -> dict[str, str]:
    """What is read from a sheet: the header of every field, in one shape."""
    return {field: headers.words(one.texts[at]) for field, at in one.mapping.items()}


def _refusal(tops: Tops, options: Options) -> InputRefused:
    """Why no header was taken: the row that comes nearest, what its columns look like, and how to name them."""
    known = headers.vocabulary()
    nearest: tuple[int, str, int, list[str], list[Proposal]] | None = None
    for sheet, rows in tops:
        for top, row in enumerate(rows):
            texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in row]
            if sum(map(bool, texts)) < 2:
                continue
            near = columns.proposals(texts, (), known.fields, known)
            fit = 3 * sum(headrows.known(text, known) for text in texts if text) + 3 * len(near) + sum(map(bool, texts))
            if nearest is None or fit > nearest[0]:
                nearest = (fit, sheet.name, top, texts, near)
    if nearest is None:
        return InputRefused(
            "no row of headers: the file has no table",
            "a ledger has headers such as Customer, Invoice No, Due Date, Amount; --sheet chooses another sheet",
        )
    _, name, top, texts, near = nearest
    absent = [text for text in options.mapping.values() if text and heads.places(texts, {"": text}) is None]
    if absent:
        return InputRefused(
            f"no column of that name in row {top + 1} of {name}: {absent[0]}",
            f"name one of {' | '.join(text for text in texts if text)[:160]}, or its letter",
        )
    reads = " | ".join(text for text in texts if text)[:160]
    maps = " ".join(f"--map {proposal.field}='{proposal.header}'" for proposal in near[:_HINTED])
    if options.mapping and not near:
        maps = "the headers given with --map must stand together in one row"
    return InputRefused(
        f"no header row with an amount and a customer, number or date; nearest is row {top + 1} of {name}: {reads}",
        maps or "name the columns, for example --map name='Header of the customer' --map amount='Header of the amount'",
    )
