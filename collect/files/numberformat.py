"""Dr and Cr that stand only in a cell's number format, as Tally writes them: `""0.00" Cr"`."""

import re
from dataclasses import dataclass

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([^"\\_*\[])', re.DOTALL)
_WORD = re.compile(r"(?<![a-z])(dr|cr|debit|credit)(?![a-z])", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a number format: the numbers it is for, and the sign its word gives (+1 Dr, -1 Cr, 0 none)."""

    condition: str
    limit: float
    sign: int

    def takes(self, value: float) -> bool:
        """Whether a number is shown by this section."""
        return {
            "": True,
            "<": value < self.limit,
            "<=": value <= self.limit,
            ">": value > self.limit,
            ">=": value >= self.limit,
            "=": value == self.limit,
            "<>": value != self.limit,
        }[self.condition]


@dataclass(frozen=True, slots=True)
class SignFormat:
    """A number format that shows Dr or Cr for some numbers."""

    sections: tuple[Section, ...]

    def sign(self, value: float) -> int:
        """The sign of a cell that holds `value`: the amount meant is sign x |value|; 0 where no word is shown."""
        section = next((each for each in self.sections if each.takes(value)), None)
        if section is None:
            return 0
        # A format of one section shows its minus beside the word: -500.00 Cr is 500 to the debit.
        return -section.sign if len(self.sections) == 1 and value < 0 else section.sign


def sign_format(code: str) -> SignFormat | None:
    """The format `code` if one of its sections shows Dr or Cr, else None."""
    if not _WORD.search(re.sub(r"\\(.)", r"\1", code)):
        return None
    parts = _sections(code)[:3]
    usual = {1: [("", 0.0)], 2: [(">=", 0.0), ("", 0.0)], 3: [(">", 0.0), ("<", 0.0), ("", 0.0)]}[len(parts)]
    sections = []
    for (text, brackets), (condition, limit) in zip(parts, usual, strict=True):
        own = next((match for match in map(_CONDITION.fullmatch, brackets) if match), None)
        word = _WORD.search(text)
        sign = 0 if word is None else 1 if word[1].lower().startswith("d") else -1
        sections.append(Section(own[1], float(own[2]), sign) if own else Section(condition, limit, sign))
    return SignFormat(tuple(sections)) if any(section.sign for section in sections) else None


def _sections(code: str) -> list[tuple[str, list[str]]]:
    """Text shown and bracketed words of each section; digits and fillers become a blank."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for match in _LITERAL.finditer(code):
        quoted, escaped, bracket, bare = match.groups()
        text, brackets = found[-1]
        if bare == ";":
            found.append(("", []))
        elif bracket is not None:
            brackets.append(bracket)
        else:
            literal = quoted if quoted is not None else escaped
            # Letters outside quotes are placeholders (d, m, y, E); only a lone pair such as CR stands for itself.
            found[-1] = (text + (literal if literal is not None else bare or " "), brackets)
    return found
