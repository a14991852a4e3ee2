"""Whose payment is this? Lines of a statement against what is owed: by number, by who paid before, by name and amount.

A match is certain or a suggestion, and says why. Names alone are never certain, nor amounts alone. Thousands of lines
meet tens of thousands of items: everything is looked up in indexes, and only a few names per line are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from collect.payment_rows import Paid

_WORDS = re.compile(r"[^\W_]+")
_NOT_NAMES = frozenset(
    word
    for line in (
        "upi neft rtgs imps nach ecs ach cr dr by to from transfer trf trfr payment pay paid fund funds bank ref no",
        "ltd limited pvt private the and co company inc llc llp mr mrs ms shri smt india of for being against towards",
        "chq cheque cash deposit clg inw inward ifsc invoice inv bill ac acct account mob mb net banking online self",
        "sbi hdfc icici axis kotak okaxis oksbi okhdfcbank okicici ybl paytm ibl apl",
    )
    for word in line.split()
)
"""What stands in statements and in names and tells nobody apart."""
_PREFIX = 4
_FEW = 40
"""Names compared with a line at most."""
_PIECES = re.compile(r"[/\-:*|]+")
_CUT_OFF = 8
"""Letters of a name's beginning that count as the name: statements cut names off."""
_BEGINS = 92
_LIKE = 70
"""Least likeness of names, in per cent, that is worth showing."""
_SURE = 87
"""Least score of a match by name and amount that is taken without asking: a name alike to 90 %, and the amount."""
_AHEAD = 10
"""How far such a match must be ahead of the next."""
_SHOWN = 3


class Debtor(NamedTuple):
    """An account that may have paid; other spellings of its name count too."""

    id: int
    number: str
    names: tuple[str, ...]


class Owed(NamedTuple):
    """An item with what is open on it, in minor units; one that is paid still tells whose a line is."""

    account_id: int
    number: str
    currency: str
    open_minor: int


class Candidate(NamedTuple):
    """An account a line may be from, how well it fits (0 to 100), the items it names, and why."""

    account_id: int
    score: int
    named: tuple[str, ...]
    reasons: tuple[str, ...]


class Match(NamedTuple):
    """What was found for a line, the best first; `certain` says that the first may be taken without asking."""

    candidates: tuple[Candidate, ...]
    certain: bool = False


class _Found:
    """What speaks for one account while a line is matched."""

    __slots__ = ("numbers", "reasons", "score")

    def __init__(self) -> None:
        self.score = 0
        self.numbers: list[str] = []
        self.reasons: list[str] = []

    def add(self, score: int, reason: str, *, more: int = 0) -> None:
        """Note a reason: it fits so well by itself, or so much better together with the others."""
        self.score = min(100, max(self.score + more if self.reasons else 0, self.score, score))
        self.reasons.append(reason)


class Matcher:
    """The accounts and what they owe, indexed once for all lines."""

    def __init__(
        self, debtors: Iterable[Debtor], owed: Iterable[Owed], payers: Mapping[str, frozenset[int]] | None = None
    ) -> None:
        """Index the accounts; `payers` are names that paid for accounts before, as `payer_key` makes them."""
        self.debtors = {one.id: one for one in debtors}
        self.by_number = {key(one.number): one.id for one in self.debtors.values()}
        self.payers = payers or {}
        self.items: dict[str, dict[int, str]] = defaultdict(dict)
        self.amounts: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.totals: Counter[tuple[int, str]] = Counter()
        for item in owed:
            self.items[key(item.number)][item.account_id] = item.number
            if item.open_minor > 0:
                self.amounts[item.currency, item.open_minor].add(item.account_id)
                self.totals[item.account_id, item.currency] += item.open_minor
        self.items.pop("", None)
        self.words: dict[str, set[int]] = defaultdict(set)
        for one in self.debtors.values():
            for name in one.names:
                for word in _significant(name):
                    self.words[word[:_PREFIX]].add(one.id)

    def match(self, line: Paid) -> Match:
        """Find whose a line is."""
        tokens = {token for token in _tokens(f"{line.narration} {line.number} {line.reference}") if _tells(token)}
        found: dict[int, _Found] = defaultdict(_Found)
        for token in sorted((tokens | {key(line.number)}) & self.items.keys()):
            for account_id, number in self.items[token].items():
                found[account_id].numbers.append(number)
        for one in found.values():
            one.add(95, f"item {', '.join(one.numbers)}")
        stated = self.by_number.get(key(line.account)) if line.account else None
        if stated is not None:
            own = Candidate(stated, 100, tuple(found[stated].numbers), (f"account {self.debtors[stated].number}",))
            return Match((own,), certain=True)
        for token in tokens & self.by_number.keys():
            account_id = self.by_number[token]
            found[account_id].add(95, f"account number {self.debtors[account_id].number}")
        certain = len(found) == 1 or self._by_name(found, line)
        ranked = sorted(found.items(), key=lambda pair: (-pair[1].score, pair[0]))[:_SHOWN]
        best = tuple(
            Candidate(account_id, one.score, tuple(one.numbers), tuple(one.reasons)) for account_id, one in ranked
        )
        return Match(best, certain and bool(best))

    def _by_name(self, found: dict[int, _Found], line: Paid) -> bool:
        """Add accounts by name, by who paid before, and by amount; whether the best of them is certain."""
        exact = self.amounts.get((line.currency, line.amount_minor), set())
        for account_id, alike in self._named_alike(line).items():
            name = self.debtors[account_id].names[0]
            found[account_id].add(alike * 8 // 10, f"name like {name} ({alike} %)")
        for account_id in self.payers.get(payer_key(line), ()):
            found[account_id].add(85, "paid for it before", more=10)
        for account_id in list(found) or (sorted(exact) if len(exact) <= _SHOWN else ()):
            total = self.totals[account_id, line.currency] == line.amount_minor
            if total or account_id in exact:
                found[account_id].add(40, "the whole balance" if total else "amount of an open item", more=15)
        if not found:
            return False
        first, second = ([*sorted(found.values(), key=lambda one: -one.score), _Found()])[:2]
        best = next(account_id for account_id, one in found.items() if one is first)
        agrees = best in exact or self.totals[best, line.currency] == line.amount_minor
        return agrees and first.score >= _SURE and first.score - second.score >= _AHEAD

    def _named_alike(self, line: Paid) -> dict[int, int]:
        """Accounts whose name is like what the line says of the payer, with how alike they are in per cent."""
        from rapidfuzz.fuzz import ratio

        said = f"{line.payer}/{line.narration}"
        told = list(dict.fromkeys(_significant(said)))
        pieces = [" ".join(_WORDS.findall(piece.casefold())) for piece in _PIECES.split(said)]
        cut_off = tuple(piece for piece in pieces if len(piece) >= _CUT_OFF)
        counted: Counter[int] = Counter()
        for word in told:
            counted.update(self.words.get(word[:_PREFIX], ()))
        found: dict[int, int] = {}
        for account_id, _ in counted.most_common(_FEW):
            names = self.debtors[account_id].names
            best = max(_alike(_significant(name), told, ratio) for name in names)
            if any(" ".join(_WORDS.findall(name.casefold())).startswith(cut_off) for name in names):
                best = max(best, _BEGINS)
            elif any(_alike(_significant(piece), _significant(names[0]), ratio) == 100 for piece in pieces):
                best = max(best, _LIKE)
            if best >= _LIKE:
                found[account_id] = best
        return found


def payer_key(line: Paid) -> str:
    """The payer of a line as it is remembered: the name's words, or the address of a UPI payment."""
    if handle := re.search(r"[\w.\-]{3,}@[a-z]{2,}", line.narration.lower()):
        return handle[0]
    return " ".join(sorted(_significant(line.payer or line.narration)))


def line_key(line: Paid) -> str:
    """What makes a line the same in two statements: day, money, and all that is written, however it is spaced."""
    said = "".join(map(key, (line.reference, line.payer, line.account, line.number, line.narration)))
    return f"{line.paid_on}|{line.currency}|{line.amount_minor}|{said}"


def numbered(lines: Sequence[Paid]) -> list[tuple[Paid, str, int]]:
    """Each line with its key, and which of the lines with that key it is."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        key = line_key(line)
        seen[key] += 1
        found.append((line, key, seen[key]))
    return found


def _alike(name: Sequence[str], told: Sequence[str], ratio: Callable[[str, str], float]) -> int:
    """How much of a name stands in a text, in per cent of its letters; a word that was cut off counts as whole."""
    covered = sum(max((_word(word, other, ratio) for other in told), default=0) * len(word) for word in name)
    return covered // max(1, sum(map(len, name)))


def _word(word: str, other: str, ratio: Callable[[str, str], float]) -> int:
    if min(len(word), len(other)) >= _PREFIX and (word.startswith(other) or other.startswith(word)):
        return 100
    alike = int(ratio(word, other))
    return alike if alike >= 80 else 0


def key(text: str) -> str:
    """A number as it is compared: letters and digits only, capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


@lru_cache(maxsize=100_000)
def _significant(text: str) -> tuple[str, ...]:
    """Words that tell a name apart, in order."""
    words = _WORDS.findall(text.casefold())
    return tuple(word for word in words if len(word) > 1 and word not in _NOT_NAMES and not word.isdigit())


def _tokens(text: str) -> set[str]:
    """Pieces of a text that may be a number: words, two or three of them joined, and what stands between blanks."""
    words = [key(word) for word in _WORDS.findall(text)]
    found = {key(piece) for piece in text.split()} | set(words)
    for size in (2, 3):
        found.update("".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return found


def _tells(number: str) -> bool:
    """Whether a number is long enough to be no accident in a line of text."""
    return len(number) >= (5 if number.isdigit() else 4) and any(letter.isdigit() for letter in number)
