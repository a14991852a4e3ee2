"""The pass over the rows that are no plain items: party and section rows, subtotals, totals, notes, loose money.

A total is known by its place and by arithmetic, not by its word alone: a customer may be called "Total".
"""

import re
from collections.abc import Mapping

from collect import dayforms, headers, rowtotals, titles
from collect.rowfacts import ADDRESS, LOOSE, SHARE, STREET, TOTAL, Body, Kinds, Total
from collect.rowsums import RowSums

_COUNTED = re.compile(r"(.+\S)\s*\((\d+)\)")


class Walk:
    """One pass over the rows that are no plain items, keeping whose rows they stand among."""

    def __init__(self, body: Body, kinds: Kinds, plain: list[bool], odd: list[int], *, keyless: bool) -> None:
        """Start above the first row, among nobody's rows."""
        self.body, self.kinds, self.plain, self.odd, self.keyless = body, kinds, plain, odd, keyless
        self.size = len(plain)
        self.sums = RowSums(body, plain, odd)
        self.start = 0
        self.party = body.party
        self.lines: list[str] = []
        """The rows of words since the last item: a block of lines may name a party and say where it lives."""
        self.single: list[int] = []
        """Rows that may repeat the one item of their party as its sum."""
        self.summed = False
        """Whether a row without a word states the sum of its party."""
        self.section = ""
        self.done = 0
        self.last_plain = max((i for i, yes in enumerate(plain) if yes), default=-1)

    def walk(self) -> Kinds:
        """Look at every odd row in order and give the rows between them their party and section."""
        for i in self.odd:
            self._give(self.done, i)
            self.done = i + 1
            self._one(i)
        self._give(self.done, self.size)
        self._find_single()
        rowtotals.settle(self.kinds, self.sums, self.body, self.last_plain)
        extra = set(self.sums.extra)
        self.kinds.items = [i for i, yes in enumerate(self.plain) if yes or i in extra]
        return self.kinds

    def _give(self, start: int, end: int) -> None:
        """Party and section for the plain rows between two odd ones."""
        if start == end:
            return
        self.lines.clear()
        kinds = self.kinds
        if kinds.grouped:
            if not any(self.party):
                for i in range(start, end):
                    self.plain[i] = False
                kinds.no_party.extend(range(start, end))
                return
            kinds.account[start:end] = [self.party[0]] * (end - start)
            kinds.name[start:end] = [self.party[1]] * (end - start)
        if self.section:
            kinds.bucket.update(dict.fromkeys(range(start, end), self.section))

    def _one(self, i: int) -> None:
        texts = {
            at: text for at, cells in self.body.cells.items() if isinstance(text := cells[i], str) and text.strip()
        }
        if not texts and all(cells[i] is None or cells[i] == "" for cells in self.body.cells.values()):
            return
        stated = {at: value for at, minor in self.body.minor.items() if (value := minor[i]) is not None}
        texts = {at: text for at, text in texts.items() if at not in stated}
        label = next(iter(texts.values()), "").strip()
        if SHARE.match(label):
            self.kinds.skipped["note"] += 1
        elif not stated and self._is_other_table(i, texts):
            self.kinds.other_table = i
        elif not self.body.dated[i] and self._is_header(texts, stated):
            self.kinds.skipped["header"] += 1
        elif stated and not self.body.dated[i] and any(TOTAL.match(text.strip()) for text in texts.values()):
            self._total(i, texts, label, stated)
        elif not stated:
            self._without_amount(i, texts, label)
        elif self.kinds.grouped and not self.body.dated[i] and dayforms.form(label):
            self.kinds.unclear.append(i)  # a line of a voucher below its bill
        else:
            self._with_amount(i, texts, label, stated)

    def _is_header(self, texts: Mapping[int, str], stated: Mapping[int, int]) -> bool:
        """A header repeated on a new page, or the second row of one: words where the amounts stand."""
        if stated or not texts:
            return False
        if len(texts) > 1 and all(
            headers.words(text) == headers.words(self.body.headers.get(at, "")) for at, text in texts.items()
        ):
            return True
        money = [text for at, text in texts.items() if at in self.body.minor]
        plain = bool(money) and not any(any(map(str.isdigit, text)) for text in texts.values())
        return plain and not titles.labelled([" ".join(texts.values())])

    def _is_other_table(self, i: int, texts: Mapping[int, str]) -> bool:
        """Whether another table's header stands here: known words, some of an amount, over other columns than ours."""
        if len(texts) < 3:
            return False
        known = headers.vocabulary()
        fields = [
            name
            for at, text in texts.items()
            if headers.words(text) != headers.words(self.body.headers.get(at, ""))
            for name, _ in headers.meaning(text, known).fields[:1]
        ]
        return len(fields) > 2 and bool(known.money & set(fields)) and any(self.plain[:i])

    def _total(self, i: int, texts: Mapping[int, str], label: str, stated: dict[int, int]) -> None:
        """A row with the word: a total, unless it heads its own rows or is a customer's only row."""
        body = self.body
        backward = self.sums.adds_up(stated, self.start, i) or self.sums.adds_up(stated, 0, i)
        if self.kinds.grouped and not backward and self.sums.heads(i, stated):
            self._with_amount(i, texts, label, stated)
            return
        party = bool(body.account[i] or body.name[i])
        if self.keyless and party and not backward and i < max(self.odd[-1], self.last_plain):
            self._take(i)
            return
        ahead = not backward and self.sums.adds_up(stated, i + 1, self.size)
        self._note_total(i, label, stated, heads=self.size if ahead else None)

    def _note_total(self, i: int, label: str, stated: dict[int, int], heads: int | None = None) -> None:
        start = self.start if heads is None else i + 1
        self.kinds.totals.append(Total(i, start, label, stated, grand=False, heads=heads))
        self.start = i + 1
        if heads is not None:
            self.kinds.skipped["total"] += 1

    def _without_amount(self, i: int, texts: Mapping[int, str], label: str) -> None:
        body = self.body
        line = titles.bare(titles.line([cells[i] for cells in body.cells.values()]))
        if not line or (line in body.lines and not titles.labelled([line])):
            self.kinds.skipped["note"] += 1  # the top of a page
            return
        party = bool(body.account[i] or body.name[i])
        numbered = any(map(str.isdigit, body.number[i]))
        if (body.dated[i] and (party or numbered)) or (numbered and party):
            self.kinds.no_amount.append(i)
        elif i > self.last_plain or not label:
            self.kinds.skipped["note"] += 1
        elif name := headers.bucket(label):
            self.section, self.start = name, i + 1
            self.kinds.skipped["section"] += 1
        elif not self.kinds.grouped:
            self.section, self.start = "", i + 1
            self.kinds.skipped["section"] += 1
        elif ADDRESS.match(label) or (
            self.lines and STREET.fullmatch(label) and not titles.EVERYBODY.fullmatch(self.party[1])
        ):
            self.kinds.skipped["note"] += 1
        else:
            self._enter(i, texts)

    def _enter(self, i: int, texts: Mapping[int, str]) -> None:
        """A party row: the rows below it are this party's, by the line of its block that names it, else the last."""
        body = self.body
        self.lines.append(titles.line([cells[i] for cells in body.cells.values()]))
        if not self.sums.states(i) and (found := titles.labelled(self.lines)):
            number, name = found
        elif body.account[i] or body.name[i]:
            number, name = body.account[i], body.name[i]
            if not number or not name:
                found = titles.who(name or number)
                number, name = number if name else found[0], found[1]
        else:
            number, name = self._who(i, titles.bare(next(iter(texts.values()))))
        self.party, self.start = (number, name), i + 1
        self.kinds.skipped["party"] += 1

    def _who(self, i: int, label: str) -> tuple[str, str]:
        """The party of a label, which may count the items below it: `Ram Traders (2)`."""
        counted = _COUNTED.fullmatch(label.strip())
        if counted and int(counted[2]) == sum(self.plain[i + 1 : self.sums.next_odd(i)]):
            return "", counted[1]
        return titles.who(label)

    def _with_amount(self, i: int, texts: Mapping[int, str], label: str, stated: dict[int, int]) -> None:
        """An amount without number or day: loose money, a party row with its sum, a wordless subtotal, or an item."""
        body, kinds = self.body, self.kinds
        party = bool(body.account[i] or body.name[i])
        number = "" if LOOSE.fullmatch(body.number[i]) else body.number[i]
        if body.dated[i] or (number and not party and not kinds.grouped):
            kinds.no_party.append(i)
        elif kinds.grouped and label and self.sums.heads(i, stated):
            self._enter(i, texts)
        elif any(LOOSE.fullmatch(text.strip()) for text in texts.values()):
            self._take(i) if party or any(self.party) else kinds.no_party.append(i)
        elif not kinds.grouped and party:
            self._of_party(i, label, stated)
        elif kinds.grouped and any(map(str.isdigit, number)) and any(self.party) and not self.sums.starts(i):
            self._take(i)
            kinds.loose.discard(i)
        elif self.sums.adds_up(stated, self.start, i) or self.sums.adds_up(stated, 0, i):
            self._note_total(i, label, stated)
        elif kinds.grouped and label:
            self._party_with_sum(i, texts, stated)
        elif not texts and not any(stated.values()):
            kinds.skipped["zero"] += 1
        elif not texts and (i > self.last_plain or (kinds.grouped and i > 0 and self.plain[i - 1])):
            self._note_total(i, label, stated)  # by its place: nothing but sums below the rows they sum
        else:
            kinds.unclear.append(i)

    def _of_party(self, i: int, label: str, stated: dict[int, int]) -> None:
        """A row of a party without number or day: the sum of its rows above or below, of the whole file, or an item."""
        first, last = i, i + 1
        while first > 0 and self.plain[first - 1] and self._same(first - 1, i):
            first -= 1
        while last < self.size and self.plain[last] and self._same(last, i):
            last += 1
        above, below = self.sums.adds_up(stated, first, i), self.sums.adds_up(stated, i + 1, last)
        whole = i > max(self.last_plain, 1) and self.sums.adds_up(stated, 0, i)
        if (above and i - first > 1) or (whole and not any(self._same(at, i) for at in range(i))):
            self.summed = True
            self._note_total(i, label, stated)
        elif below and last - i > 2:
            self.summed = True
            self._note_total(i, label, stated, heads=last)
        elif (above or below) and self._is_bare(i):
            self.single.append(i)
        else:
            self._take(i)

    def _find_single(self) -> None:
        """What only repeats the one item of its party is its sum where others of the file are; else nobody can say."""
        if self.summed:
            self.kinds.skipped["subtotal"] += len(self.single)
        else:
            self.kinds.unclear += self.single

    def _same(self, i: int, j: int) -> bool:
        """Whether two rows are of one party: by number where both have one, else by name."""
        kinds = self.kinds
        if kinds.account[i] and kinds.account[j]:
            return kinds.account[i] == kinds.account[j]
        return bool(kinds.name[i]) and kinds.name[i] == kinds.name[j]

    def _is_bare(self, i: int) -> bool:
        """Whether a row holds nothing but its party and amounts."""
        body = self.body
        party = {body.account[i], body.name[i]}
        return all(
            cells[i] is None or cells[i] == "" or at in body.minor or titles.shown(cells[i]) in party
            for at, cells in body.cells.items()
        )

    def _party_with_sum(self, i: int, texts: Mapping[int, str], stated: dict[int, int]) -> None:
        """A party row whose sum is not that of its rows; without rows of its own it is one item of that party."""
        label = next(iter(texts.values()))
        if self.sums.starts(i):
            self._enter(i, texts)
            self.kinds.totals.append(Total(i, i + 1, label, stated, grand=False, heads=self.sums.next_odd(i)))
        elif self.sums.adds_up(stated, i + 1, self.size):
            self.kinds.skipped["total"] += 1
        else:
            self._take(i, *titles.who(label))

    def _take(self, i: int, account: str = "", name: str = "") -> None:
        """An item without a number of its own."""
        kinds, body = self.kinds, self.body
        if account or name:
            kinds.account[i], kinds.name[i] = account, name
        elif kinds.grouped or not (body.account[i] or body.name[i]):
            kinds.account[i], kinds.name[i] = self.party
        kinds.loose.add(i)
        if self.section:
            kinds.bucket[i] = self.section
        self.sums.extra.append(i)
