"""Dr and Cr that only the number format shows."""

import pytest

from collect.files.numberformat import sign_format


@pytest.mark.parametrize(
    ("code", "value", "sign"),
    [
        ('""0.00" Dr"', 500, 1),
        ('""0.00" Cr"', 500, -1),
        ('""0.00" Cr"', -500, 1),
        ('#,##0.00" Dr.";#,##0.00" Cr."', 12.5, 1),
        ('#,##0.00" Dr.";#,##0.00" Cr."', -12.5, -1),
        ('0.00"Dr";0.00"Cr";0.00', 0, 0),
        ("0.00\\ \\C\\r", 7, -1),
        ("0.00 CR", 7, -1),
        ('[Red]0.00" debit";0.00" credit"', -7, -1),
        ('[>=100]0.00" Dr";[<100]0.00" Cr"', 99, -1),
        ('[>=100]0.00" Dr";[<100]0.00" Cr"', 100, 1),
        ('_ * #,##0.00" Dr"_ ', 1, 1),
    ],
)
def test_the_word_shown_is_the_sign(code: str, value: float, sign: int) -> None:
    form = sign_format(code)
    assert form is not None
    assert form.sign(value) == sign


@pytest.mark.parametrize(
    "code", ["General", "0.00", '#,##0.00 "incredible"', "dd/mm/yyyy", '"Drawn "0', "", "[$Rs-4009] 0.00"]
)
def test_other_formats_have_none(code: str) -> None:
    assert sign_format(code) is None


def test_a_number_no_section_takes_has_no_sign() -> None:
    form = sign_format('[>100]0" Dr"')
    assert form is not None
    assert form.sign(5) == 0
