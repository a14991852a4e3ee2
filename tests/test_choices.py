"""Words of a fixed list, typed by hand."""

import pytest

from collect import contacts
from collect.choices import one_of
from collect.errors import WrongUsage


def test_a_word_is_known_in_any_case_and_with_other_hyphens() -> None:
    assert [one_of(text, "outcome", contacts.OUTCOMES) for text in ("No_Answer", " wrong number ")] == [
        "no-answer",
        "wrong-number",
    ]


@pytest.mark.parametrize(("text", "hint"), [("voicemial", "did you mean: voicemail"), ("xyz", "use one of: spoke")])
def test_a_word_that_is_not_known_has_a_hint(text: str, hint: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        one_of(text, "outcome", contacts.OUTCOMES)
    assert (caught.value.hint or "").startswith(hint)
