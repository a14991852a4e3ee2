"""Equal texts of a column as one object: what is done with them later is quicker, and they take less memory."""

from collections.abc import Sequence
from typing import Any

_MOST = 200_000
"""Texts that are remembered."""
_TRIED = 16_384
"""Rows after which a column is given up where nine in ten texts are new: it gains nothing."""


class Shared:
    """The texts of one column that were seen."""

    __slots__ = ("_known", "_on", "_seen")

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: dict[Any, Any] = {}
        self._seen = 0
        self._on = True

    def of(self, values: Sequence[Any]) -> list[Any]:
        """The values, those that were seen as the objects they were then."""
        if not self._on:
            return list(values)
        known = self._known
        self._seen += len(values)
        self._on = self._seen < _TRIED or len(known) * 10 < self._seen * 9
        return list(map(known.setdefault if len(known) < _MOST else known.get, values, values))
