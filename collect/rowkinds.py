"""Telling the rows of a ledger apart: most are plain items, seen in one go; the odd ones are looked at one by one."""

from collections.abc import Sequence
from itertools import compress, pairwise

from collect import headers
from collect.rowfacts import LOOSE, TOTAL, Body, Kinds
from collect.rowwalk import Walk


def sort(body: Body) -> Kinds:
    """Sort the rows of a ledger by what they are."""
    kinds = Kinds(account=list(body.account), name=list(body.name))
    numbered = list(map(bool, body.number))
    keyed = [v and (d or n) for v, d, n in zip(body.valued, body.dated, numbered, strict=True)]
    party = [bool(a or n) for a, n in zip(kinds.account, kinds.name, strict=True)]
    rows_keyed = sum(keyed)
    with_party = sum(compress(party, keyed))
    kinds.grouped = rows_keyed > 0 and with_party == 0
    if 0 < with_party < rows_keyed:
        _fill_down(body, kinds, keyed, party)
    flagged = _flagged(body, keyless=not rows_keyed)
    marks = party
    if kinds.grouped:
        # A party row may hold its name where others hold a number, so what has no day is looked at by itself.
        marks = body.dated if any(compress(body.dated, keyed)) else numbered
    plain = [v and m for v, m in zip(keyed if rows_keyed else body.valued, marks, strict=True)]
    for i in flagged:
        plain[i] = False
    odd = [i for i, yes in enumerate(plain) if not yes]
    if not odd and not kinds.grouped:
        kinds.items = range(len(plain))
        return kinds
    return Walk(body, kinds, plain, odd, keyless=not rows_keyed).walk()


def _fill_down(body: Body, kinds: Kinds, keyed: Sequence[bool], party: list[bool]) -> None:
    """Give rows below a merged or once-written party cell that party: where the sheet is so throughout, or sums say."""
    rows = [i for i, yes in enumerate(keyed) if yes]
    blank = [i for i in rows if not party[i]]
    pairs = [(kinds.account[i], kinds.name[i]) for i in rows]
    repeats = any(left == right and any(left) for left, right in pairwise(pairs))
    throughout = party[rows[0]] and not repeats and len(blank) > 1 and len(blank) * 3 >= len(rows)
    proven = set() if throughout else _summed(body, keyed, party)
    last: tuple[str, str] = ("", "")
    for i, pair in zip(rows, pairs, strict=True):
        if any(pair):
            last = pair
        elif any(last) and (throughout or i in body.merged or i in proven):
            kinds.account[i], kinds.name[i] = last
            party[i] = True
            kinds.filled_down += 1


def _summed(body: Body, keyed: Sequence[bool], party: Sequence[bool]) -> set[int]:
    """Rows of one block with the one party at its top, for a row right below states what they sum to together."""
    found: set[int] = set()
    block: list[int] = []
    for i, yes in enumerate(keyed):
        if yes:
            block.append(i)
        elif body.valued[i]:
            stated = [(minor, value) for minor in body.minor.values() if (value := minor[i])]
            if sum(party[j] for j in block) == 1 and party[block[0]] and stated:
                adds_up = all(sum(minor[j] or 0 for j in block) == value for minor, value in stated)
                found.update(block[1:] if adds_up else ())
            block = []
    return found


def _flagged(body: Body, *, keyless: bool) -> set[int]:
    """Rows whose id cells hold words of totals, headers or loose money, so that each is looked at by itself."""
    repeated = {text for text in body.headers.values() if text}
    flagged: set[int] = set()
    lists = [body.number, body.name, body.account] if keyless else [body.number]
    for texts in lists:
        unique = set(texts)
        worded = [text for text in unique if text and not text[-1].isdigit()]
        words = unique & repeated
        words.update(text for text in worded if TOTAL.match(text) or LOOSE.fullmatch(text))
        heads = {text for text in worded if headers.words(text) in headers.vocabulary().meanings}
        if words or heads:
            flagged.update(
                i
                for i, (text, dated) in enumerate(zip(texts, body.dated, strict=True))
                if text in words or (text in heads and not dated)
            )
    return flagged
