"""The pass over the rows that are no plain items: party and section rows, subtotals, totals, notes, loose money.

A total is known by its place and by arithmetic, not by its word alone: a customer may be called "Total".
"""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

from collect import headers, titles
from collect.rowfacts import ADDRESS, GRAND, LOOSE, TOTAL, Body, Kinds, Total


class Walk:
    """One pass over the rows that are no plain items, keeping whose rows they stand among."""

    def __init__(self, body: Body, kinds: Kinds, plain: list[bool], odd: list[int], *, keyless: bool) -> None:
        """Start above the first row, among nobody's rows."""
        self.body, self.kinds, self.plain, self.odd, self.keyless = body, kinds, plain, odd, keyless
        self.size = len(plain)
        self.sums = {
            at: list(accumulate((m or 0 if p else 0 for m, p in zip(minor, plain, strict=True)), initial=0))
            for at, minor in body.minor.items()
        }
        self.extra: list[int] = []
        """Odd rows that are items after all."""
        self.start = 0
        self.party: tuple[str, str] = ("", "")
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
        self._find_grand()
        extra = set(self.extra)
        self.kinds.items = [i for i, yes in enumerate(self.plain) if yes or i in extra]
        return self.kinds

    def _give(self, start: int, end: int) -> None:
        """Party and section for the plain rows between two odd ones."""
        if start == end:
            return
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
        if not self.body.dated[i] and self._is_header(texts, stated):
            self.kinds.skipped["header"] += 1
        elif stated and not self.body.dated[i] and any(TOTAL.match(text.strip()) for text in texts.values()):
            self._total(i, texts, label, stated)
        elif not stated:
            self._without_amount(i, texts, label)
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
        return bool(money) and not any(any(map(str.isdigit, text)) for text in texts.values())

    def _between(self, at: int, start: int, end: int) -> int:
        """What the items of a column sum to from row `start` to before row `end`."""
        low, high = bisect_left(self.extra, start), bisect_left(self.extra, end)
        minor = self.body.minor[at]
        return self.sums[at][end] - self.sums[at][start] + sum(minor[i] or 0 for i in self.extra[low:high])

    def _adds_up(self, stated: Mapping[int, int], start: int, end: int) -> bool:
        """Whether a row states exactly what the rows from `start` to `end` sum to, and there are any."""
        found = any(stated.values()) and end > start
        return found and all(self._between(at, start, end) == value for at, value in stated.items())

    def _next_odd(self, i: int) -> int:
        """The next odd row after `i` that holds an amount, or the end."""
        place = bisect_left(self.odd, i + 1)
        for j in self.odd[place:]:
            if any(minor[j] is not None for minor in self.body.minor.values()):
                return j
        return self.size

    def _total(self, i: int, texts: Mapping[int, str], label: str, stated: dict[int, int]) -> None:
        """A row with the word: a total, unless it heads its own rows or is a customer's only row."""
        body = self.body
        backward = self._adds_up(stated, self.start, i) or self._adds_up(stated, 0, i)
        if self.kinds.grouped and not backward and self._heads(i, stated):
            self._with_amount(i, texts, label, stated)
            return
        party = bool(body.account[i] or body.name[i])
        if self.keyless and party and not backward and i < max(self.odd[-1], self.last_plain):
            self._take(i)
            return
        ahead = not backward and self._adds_up(stated, i + 1, self.size)
        self._note_total(i, label, stated, heads=self.size if ahead else None)

    def _note_total(self, i: int, label: str, stated: dict[int, int], heads: int | None = None) -> None:
        start = self.start if heads is None else i + 1
        self.kinds.totals.append(Total(i, start, label, stated, grand=False, heads=heads))
        self.start = i + 1
        if heads is not None:
            self.kinds.skipped["total"] += 1

    def _find_grand(self) -> None:
        """Of the totals below the last item, those are of the whole file that say so, or else add up to it."""
        totals = self.kinds.totals
        last = [k for k, total in enumerate(totals) if total.at > self.last_plain]
        grand = {k for k in last if GRAND.fullmatch(totals[k].label)}
        if last and not grand:
            final = totals[last[-1]]
            whole = self._adds_up(final.stated, 0, final.at)
            if whole or not (final.label or self._adds_up(final.stated, final.start, final.at)):
                grand = {last[-1]}
        for k in grand:
            totals[k] = totals[k]._replace(grand=True)
        self.kinds.skipped["total"] += len(grand)
        self.kinds.skipped["subtotal"] += sum(total.heads is None for total in totals) - len(grand)

    def _without_amount(self, i: int, texts: Mapping[int, str], label: str) -> None:
        body = self.body
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
        elif ADDRESS.match(label):
            self.kinds.skipped["note"] += 1
        else:
            self._enter(i, texts)

    def _enter(self, i: int, texts: Mapping[int, str]) -> None:
        """A party row: the rows below it are this party's."""
        body = self.body
        if body.account[i] or body.name[i]:
            number, name = body.account[i], body.name[i]
            if not number or not name:
                found = titles.who(name or number)
                number, name = number if name else found[0], found[1]
        else:
            number, name = titles.who(next(iter(texts.values())))
        self.party, self.start = (number, name), i + 1
        self.kinds.skipped["party"] += 1

    def _with_amount(self, i: int, texts: Mapping[int, str], label: str, stated: dict[int, int]) -> None:
        """An amount without number or day: loose money, a party row with its sum, a wordless subtotal, or an item."""
        body, kinds = self.body, self.kinds
        party = bool(body.account[i] or body.name[i])
        number = "" if LOOSE.fullmatch(body.number[i]) else body.number[i]
        if body.dated[i] or (number and not party and not kinds.grouped):
            kinds.no_party.append(i)
        elif kinds.grouped and label and self._heads(i, stated):
            self._enter(i, texts)
        elif any(LOOSE.fullmatch(text.strip()) for text in texts.values()):
            self._take(i) if party or any(self.party) else kinds.no_party.append(i)
        elif not kinds.grouped and party and not self._own_sum(i, stated):
            self._take(i)
        elif kinds.grouped and any(map(str.isdigit, number)) and any(self.party) and not self._starts(i):
            self._take(i)
            kinds.loose.discard(i)
        elif self._adds_up(stated, self.start, i) or self._adds_up(stated, 0, i):
            self._note_total(i, label, stated)
        elif kinds.grouped and label:
            self._party_with_sum(i, texts, stated)
        elif not texts and not any(stated.values()):
            kinds.skipped["zero"] += 1
        elif not texts and (i > self.last_plain or (kinds.grouped and i > 0 and self.plain[i - 1])):
            self._note_total(i, label, stated)  # by its place: nothing but sums below the rows they sum
        else:
            kinds.unclear.append(i)

    def _starts(self, i: int) -> bool:
        """Whether the next row that is not blank is a plain item."""
        for j in range(i + 1, self.size):
            if self.plain[j]:
                return True
            if any(cells[j] is not None and cells[j] != "" for cells in self.body.cells.values()):
                return False
        return False

    def _heads(self, i: int, stated: Mapping[int, int]) -> bool:
        """Whether items follow that sum to what the row states: a party row above its own."""
        end = self._next_odd(i)
        return self._starts(i) and all(self._between(at, i + 1, end) == value for at, value in stated.items())

    def _own_sum(self, i: int, stated: Mapping[int, int]) -> bool:
        """Whether a row without number states the sum of its own party's rows right above it, or of the whole file."""
        kinds, first = self.kinds, i
        pair = (kinds.account[i], kinds.name[i])
        while first > 0 and self.plain[first - 1] and (kinds.account[first - 1], kinds.name[first - 1]) == pair:
            first -= 1
        if i < 2:
            return False
        if i - first > 1 and self._adds_up(stated, first, i):
            return True
        known = zip(kinds.account[:i], kinds.name[:i], strict=True)
        return i > self.last_plain and self._adds_up(stated, 0, i) and pair not in known

    def _party_with_sum(self, i: int, texts: Mapping[int, str], stated: dict[int, int]) -> None:
        """A party row whose sum is not that of its rows; without rows of its own it is one item of that party."""
        label = next(iter(texts.values()))
        if self._starts(i):
            self._enter(i, texts)
            self.kinds.totals.append(Total(i, i + 1, label, stated, grand=False, heads=self._next_odd(i)))
        elif self._adds_up(stated, i + 1, self.size):
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
        self.extra.append(i)
