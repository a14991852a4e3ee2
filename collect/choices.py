"""Words of a fixed list, typed by hand."""

from collections.abc import Iterable
from typing import TypeVar

from collect.errors import WrongUsage

Word = TypeVar("Word", bound=str)
_FEW = 4
"""So many words are all named, whatever was typed."""


def one_of(text: str, kind: str, known: Iterable[Word]) -> Word:
    """The known word that is meant, whatever its case and with `_` or a blank for `-`.

    Raises WrongUsage, which names the near ones, or all there are.
    """
    found = text.strip().lower().replace("_", "-").replace(" ", "-")
    words = tuple(known)
    for word in words:
        if word == found:
            return word
    from difflib import get_close_matches

    near: list[str] = get_close_matches(found, [*map(str, words)]) if len(words) > _FEW else []
    hint = f"{'did you mean' if near else 'use one of'}: {', '.join(near or words)}"
    raise WrongUsage(f"no such {kind}: {text}", hint)
