"""What a name or a note may not do to a terminal, and what must come through as it is."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.safe import escaped, safe

UNHARMED = [
    "Asha Traders",
    "ACME [mumbai] Ltd",
    "Asha [/] Ltd",
    "50% [due] :smile:",
    "श्री गणेश ट्रेडर्स",
    "क्‍ष (ka, joiner, ssa)",
    "नमस्ते‌जी",
    "👨‍👩‍👧 Family Store",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 England & Sons",
    "₹ 5,000 “now”",
    "Müller & Søn",
]

ATTACKS = [
    ("red \x1b[31mname", "red \ufffd[31mname"),
    ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
    ("\x1b]8;;http://x\x1b\\link", "\ufffd]8;;http://x\ufffd\\link"),
    ("c1 \x9b31m", "c1 \ufffd31m"),
    ("over\rwritten", "over\ufffdwritten"),
    ("back\x08space", "back\ufffdspace"),
    ("nul\0", "nul\ufffd"),
    ("del\x7f", "del\ufffd"),
    ("\u202egnirts", "\ufffdgnirts"),
    ("\u2066isolate\u2069", "\ufffdisolate\ufffd"),
    ("mark\u200e\u200f\u061c", "mark\ufffd\ufffd\ufffd"),
    ("hid\u200bden", "hid\ufffdden"),
    ("\ufeffbom", "\ufffdbom"),
    ("line\u2028end\u2029", "line\ufffdend\ufffd"),
    ("half \ud83d", "half \ufffd"),
    ("tags \U000e0041\U000e0042", "tags \ufffd\ufffd"),
]


@pytest.mark.parametrize("text", UNHARMED)
def test_names_come_through_unharmed(text: str) -> None:
    assert safe(text) == text
    assert escaped(text) == text


@pytest.mark.parametrize(("text", "shown"), ATTACKS)
def test_what_drives_a_terminal_is_made_visible(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("two\nlines", "two lines"), ("dos\r\nlines", "dos lines"), ("a\tb", "a b")]
)
def test_line_breaks_and_tabs_become_a_space(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_nothing_of_control_is_left_in_any_text(text: str) -> None:
    shown = safe(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(sign) for sign in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}
    assert len(shown) <= len(text)
    assert safe(shown) == shown


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_escapes_lose_nothing(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert safe(written) == written
