"""The rows of running ledgers told apart: whose they are, which move a balance and which only state one."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from collect import balancewords, headers, idcells, titles
from collect.amountcolumns import Minor
from collect.intake_body import Parsed, Problem
from collect.rowfacts import BOOKED_TO, TOTAL

_AMOUNT = re.compile(r"\D{0,4}\d[\d.,' ]*\D{0,4}")


class Entry(NamedTuple):
    """A row of a running ledger: `opening`, `move`, `aside`, `stands` (a balance carried over a page) or `closing`."""

    at: int
    kind: str


@dataclass(slots=True)
class Ledger:
    """One party's running ledger in one currency."""

    account: str
    name: str
    currency: str
    entries: list[Entry] = field(default_factory=list)

    def moves(self) -> list[int]:
        """The rows that move the balance."""
        return [entry.at for entry in self.entries if entry.kind == "move"]


@dataclass(slots=True)
class Sorted:
    """Every row of a sheet: in a ledger, passed over (by reason), or with what is wrong in it."""

    ledgers: list[Ledger] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    """By row; a row without a day of its own has that of the row above it."""
    skipped: Counter[str] = field(default_factory=Counter)
    wrong: list[Problem] = field(default_factory=list)
    unsure: str = ""
    """The field of the party's column where it could as well hold the other side of each entry."""
    guessed: bool = False
    """Whether nothing but the sheet's name, or such a column, says whose a ledger is."""


def sort(parsed: Parsed, moved: Minor, balance: Minor) -> Sorted:
    """Sort the rows of a sheet of running ledgers; `moved` and `balance` are what its money columns say by row."""
    return _Sorter(parsed, moved, balance).sort()


class _Sorter:
    """One pass over the rows, keeping whose ledger they stand in."""

    def __init__(self, parsed: Parsed, moved: Minor, balance: Minor) -> None:
        self.parsed, self.moved, self.balance = parsed, moved, balance
        self.found = Sorted(days=list(parsed.days.iso.get("document_on") or [""] * parsed.size))
        self.ledgers: dict[tuple[str, str, str], Ledger] = {}
        self.broken: dict[int, list[Problem]] = {}
        for problem in parsed.problems:
            self.broken.setdefault(problem[0], []).append(problem)
        layout, blank = parsed.layout, [""] * parsed.size
        cells = {name: parsed.cells[layout.mapping[name].at] for name in ("account", "name") if name in layout.mapping}
        self.columns = (
            idcells.ids(cells["account"]).text if "account" in cells else blank,
            idcells.names(cells["name"]) if "name" in cells else blank,
        )
        self.own = titles.named(layout.titles)
        self.by_row = self._party_column()
        number, name = titles.fallback(layout.titles, layout.sheet)
        self.guess = number or name, name or number
        self.party = ("", "") if self.by_row else self.own or (number, name)
        self.section = False
        """Whether a row of its own names whose the rows below it are, in the party's column."""
        self.seen = set(layout.titles)
        self.company = layout.titles[0] if self.own and layout.titles[0] != self.own[1] else ""
        self.lines: list[str] = []
        """Lines without an amount or a day since the last entry."""
        self.fresh = not self.own
        """Whether a line may name the next party, for the ledger above is closed."""

    def _party_column(self) -> bool:
        """Whether a column says whose each row is; one that may hold the other side counts where nothing else does."""
        layout, options = self.parsed.layout, self.parsed.options
        for name in ("account", "name"):
            if name not in layout.mapping:
                continue
            words = headers.words(layout.mapping[name].header)
            if options.mapping.get(name):
                return True
            if words in balancewords.OTHER_SIDE or (words in BOOKED_TO and self._names_its_party()):
                continue
            if words in BOOKED_TO:
                self.found.unsure = name
            return True
        return False

    def _names_its_party(self) -> bool:
        """Whether a line above or between the rows names a party."""
        return bool(self.own) or any(
            titles.named([" ".join(texts.values())])
            for i in range(self.parsed.size)
            if self.moved[i] is None and self.balance[i] is None and (texts := self._texts(i))
        )

    def sort(self) -> Sorted:
        """Look at every row in order."""
        for i in range(self.parsed.size):
            self._row(i)
        found = self.found
        found.ledgers = list(self.ledgers.values())
        found.skipped["note"] += len(self.lines)
        found.guessed = bool(found.unsure) or any(
            not self.by_row and not self.own and self.guess == (one.account, one.name) for one in found.ledgers
        )
        if len(found.ledgers) > 1 and not (self.own or self.by_row):
            first = found.ledgers[0]
            first.account, first.name = titles.last_party(self.parsed.layout.titles) or (first.account, first.name)
        return found

    def _texts(self, i: int) -> dict[int, str]:
        """The words of a row by column; an amount written as text is none."""
        minor = self.parsed.purse.minor
        return {
            at: text.strip()
            for at, cells in self.parsed.cells.items()
            if isinstance(text := cells[i], str) and text.strip() and (at not in minor or minor[at][i] is None)
        }

    def _row(self, i: int) -> None:
        found = self.found
        stated = self.moved[i] is not None or self.balance[i] is not None
        usual = stated and found.days[i] and not self.lines and i not in self.broken
        if usual and any(map(str.isdigit, self.parsed.number[i])) and (ledger := self._ledger(i)):
            self._move(i, ledger)
            return
        texts = self._texts(i)
        if any(at in self.parsed.purse.minor for _, at, _ in self.broken.get(i, ())) and self._is_amount(i, texts):
            found.wrong += self.broken[i]
        elif stated:
            self._valued(i, texts)
        elif self._is_header(texts):
            self._page()
            found.skipped["header"] += 1
        elif found.days[i] or not texts or balancewords.stated_by(" ".join(texts.values())):
            found.skipped["note"] += bool(texts) or bool(found.days[i])
        elif self.by_row and any(party := self._written(i)):
            self.party, self.section = party, True
            found.skipped["party"] += 1
        else:
            self._line(i, min(texts))

    def _line(self, i: int, at: int) -> None:
        """Words from column `at` on: they may name a party, but not where the entries have their particulars."""
        line = titles.line([cells[i] for cells in self.parsed.cells.values()])
        mapping = self.parsed.layout.mapping
        if at > mapping.get("document_on", (0, ""))[0] and not titles.labelled([line]):
            self.found.skipped["note"] += 1
        else:
            self.lines.append(line)

    def _is_amount(self, i: int, texts: Mapping[int, str]) -> bool:
        """Whether a cell that should be an amount was meant as one, and is no line that stands across the columns."""
        bad = [at for _, at, _ in self.broken[i] if at in self.parsed.purse.minor]
        if self.found.days[i] or any("formula" in reason or "cells" in reason for _, _, reason in self.broken[i]):
            return True
        return any(at in texts and _AMOUNT.fullmatch(texts[at]) for at in bad)

    def _is_header(self, texts: Mapping[int, str]) -> bool:
        """Whether the header stands here again, on a new page or over the next party's ledger."""
        known = self.parsed.layout.headers
        return len(texts) > 1 and all(
            headers.words(text) == headers.words(known.get(at, "")) for at, text in texts.items()
        )

    def _page(self) -> None:
        """A header again: the lines above it may name the party whose rows follow."""
        if not self.by_row and (party := self._named()):
            self.party, self.fresh = party, False
        self.found.skipped["party"] += len(self.lines)
        self.lines.clear()

    def _named(self) -> tuple[str, str] | None:
        """The party that the lines since the last entry name: by a word such as `Ledger:`, else the last new one."""
        if party := titles.named(self.lines):
            return None if party[1] == self.company else party
        if not self.fresh or self.own:
            return None
        return titles.last_party([line for line in self.lines if line not in self.seen])

    def _valued(self, i: int, texts: Mapping[int, str]) -> None:
        words, number = " ".join(texts.values()), self.parsed.number[i]
        if self.lines and not self.by_row and (party := self._named()):
            self.party, self.fresh = party, False
            self.found.skipped["party"] += len(self.lines)
            self.lines.clear()
        self.found.skipped["note"] += len(self.lines)
        self.lines.clear()
        ledger = self._ledger(i)
        plain = not any(map(str.isdigit, number))
        if ledger is None:
            self._nobody(i, texts)
        elif plain and balancewords.CLOSING.fullmatch(words):
            ledger.entries.append(Entry(i, "closing"))
            self.fresh = True
        elif plain and balancewords.opens(words, first=not ledger.entries):
            ledger.entries.append(Entry(i, "opening"))
        elif plain and balancewords.CARRIED.fullmatch(words):
            ledger.entries.append(Entry(i, "stands"))
        elif not self.found.days[i] and (not texts or any(map(TOTAL.match, texts.values())) or self._sums(i, ledger)):
            self.found.skipped["total"] += 1
            self.fresh = True
        else:
            self._move(i, ledger)

    def _ledger(self, i: int) -> Ledger | None:
        """The ledger a row belongs to, by its own party or that whose rows it stands among; None where nothing says."""
        account, name = self._whose(i) if self.by_row else self.party
        if not account and not name:
            return None
        key = (account or name, "" if account else name, self.parsed.purse.currency[i])
        return self.ledgers.setdefault(key, Ledger(account or name, name or account, key[2]))

    def _written(self, i: int) -> tuple[str, str]:
        """Number and name in the party's columns, where these are no words such as "Closing balance"."""
        account, name = (texts[i] for texts in self.columns)
        words = f"{account} {name}".strip()
        return ("", "") if balancewords.stated_by(words) else (account, name)

    def _whose(self, i: int) -> tuple[str, str]:
        """Whose a row is by the party's columns, those above it where the sheet is written so."""
        if any(party := self._written(i)):
            self.party = party
            return party
        kinds = self.parsed.kinds
        if not kinds.grouped and self.found.days[i] and (kinds.account[i] or kinds.name[i]):
            return kinds.account[i], kinds.name[i]
        return self.party if self.section or not self.found.days[i] else ("", "")

    def _nobody(self, i: int, texts: Mapping[int, str]) -> None:
        layout = self.parsed.layout
        if not self.found.days[i] and (not texts or any(map(TOTAL.match, texts.values()))):
            self.found.skipped["total"] += 1
        else:
            at = next(layout.mapping[name].at for name in ("account", "name") if name in layout.mapping)
            self.found.wrong.append((i, at, "no customer"))

    def _sums(self, i: int, ledger: Ledger) -> bool:
        """Whether a row states what the rows of its ledger have moved so far."""
        own = self.moved[i]
        return own is not None and own == sum(self.moved[at] or 0 for at in ledger.moves())

    def _move(self, i: int, ledger: Ledger) -> None:
        """A row that moves the balance; one without a day has the day above it where its balance proves the row."""
        self.fresh = False
        days, layout = self.found.days, self.parsed.layout
        if not days[i] and i not in self.broken and self.moved[i] is not None and self.balance[i] is not None:
            days[i] = next((days[at] for at in reversed(ledger.moves())), "")
        wrong = self.broken.get(i, [])
        if not days[i] and not wrong:
            at = layout.mapping["document_on"].at if "document_on" in layout.mapping else min(layout.needed)
            wrong = [(i, at, "no date")]
        self.found.wrong += wrong
        ledger.entries.append(Entry(i, "aside" if wrong else "move"))
