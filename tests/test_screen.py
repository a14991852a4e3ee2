"""What stands on stdout and stderr, by stream, environment and format."""

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from collect.errors import WrongUsage
from collect.screen import Result, Screen
from collect.terminal import Bar, columns, is_coloured
from collect.views.sheet import Column, Sheet
from tests.sheets_to_show import DOLLARS, RUPEES, TODAY, YEN, aging, page, paid, queue
from tests.test_safe import ATTACKS, UNHARMED


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(result: Result, *, width: int = 0, coloured: bool = False, environ: dict[str, str] | None = None) -> str:
    """What a result looks like on stdout."""
    out = Terminal() if coloured else io.StringIO()
    screen = Screen(stdout=out, stderr=io.StringIO(), environ=environ or {}, width=width)
    screen.show(result, today=TODAY)
    return out.getvalue()


def names(*texts: str) -> Sheet:
    """A list of names."""
    return Sheet("names", "Names", (Column("name", "Name"), Column("note", "Note")), [(text, "x") for text in texts])


@pytest.mark.parametrize("width", [0, 140, 80, 40])
def test_an_aged_report(golden: Callable[[str, str], None], width: int) -> None:
    golden(f"screen-aging-{width}.txt", shown(aging(), width=width))


@pytest.mark.parametrize("width", [80, 30])
def test_what_fits_in_no_table_becomes_cards(golden: Callable[[str, str], None], width: int) -> None:
    columns = tuple(column._replace(rank=0) for column in aging().columns)
    golden(f"screen-cards-{width}.txt", shown(aging()._replace(columns=columns), width=width))


def test_the_total_of_one_row_is_not_said_twice() -> None:
    assert shown(aging(DOLLARS)).count("99,999.95") == 1 + 2  # the row, and both sides of the proof
    assert shown(aging(RUPEES[:2])).count("2,18,835.92") == 1 + 2


def test_a_block_for_each_currency(golden: Callable[[str, str], None]) -> None:
    golden("screen-currencies.txt", shown(aging(RUPEES, DOLLARS, YEN), width=100))


@pytest.mark.parametrize("width", [140, 80])
def test_a_queue_keeps_its_order_in_two_currencies(golden: Callable[[str, str], None], width: int) -> None:
    golden(f"screen-queue-{width}.txt", shown(queue(), width=width))


def test_a_page(golden: Callable[[str, str], None]) -> None:
    golden("screen-page.txt", shown(page(), width=100))


def test_a_terminal_with_colour(golden: Callable[[str, str], None]) -> None:
    golden("screen-colour.txt", shown(aging(), width=140, coloured=True).replace("\x1b", "ESC"))


def test_colour_and_plain_say_the_same() -> None:
    """Colour is never the only carrier of meaning: without it every word and figure is still there."""
    for result in (aging(), aging(RUPEES, DOLLARS), queue(), page()):
        for width in (140, 80, 50):
            coloured = re.sub("\x1b\\[[0-9;]*m", "", shown(result, width=width, coloured=True))
            plain = shown(result, width=width)
            assert coloured.replace("─", "-").replace("-", "").split() == plain.replace("-", "").split()


def test_only_what_is_late_is_red() -> None:
    text = shown(aging(), width=140, coloured=True)
    red = {part.partition("\x1b")[0].strip() for part in text.split("\x1b[31m")[1:]}
    assert red == {"1,23,456.78", "72,606.26", "353.33"}


def test_a_failed_proof_says_so_in_words() -> None:
    proof = {"INR": {"postings": 12345678, "report": 12345600, "ok": False}}
    sheet = Sheet("aging", "Aged", aging().columns, RUPEES, totals=aging().totals, proof=proof)
    assert "proof: postings 1,23,456.78 is not report 1,23,456.00  FAILED\n" in shown(sheet)


def test_a_proof_without_rows_names_its_currency() -> None:
    proof = {"EUR": {"postings": 0, "report": 0, "ok": True}}
    text = shown(Sheet("aging", "Aged", aging().columns, (), proof=proof))
    assert text == "Aged\n\nno rows\nproof EUR: postings 0.00 = report 0.00  ok\n"


def test_a_change_prints_its_lines() -> None:
    assert shown(paid()) == "receipt 12: INR 5,000.00 from Asha Traders\n"
    assert shown(paid(dry_run=True)).splitlines()[-1] == "dry run: nothing was changed"


@pytest.mark.parametrize("text", UNHARMED)
@pytest.mark.parametrize("coloured", [False, True])
def test_names_are_shown_as_they_are(text: str, coloured: bool) -> None:
    assert text in shown(names(text), width=80, coloured=coloured)


@pytest.mark.parametrize(("text", "harmless"), ATTACKS)
@pytest.mark.parametrize("coloured", [False, True])
def test_no_name_reaches_the_terminal_as_a_command(text: str, harmless: str, coloured: bool) -> None:
    out = shown(names(text), width=80, coloured=coloured)
    assert harmless in out
    assert text not in out


def test_a_file_name_in_a_message_is_harmless_too() -> None:
    err = io.StringIO()
    screen = Screen(stdout=io.StringIO(), stderr=err, environ={})
    screen.error("no such file: \x1b[2J\udcff.xlsx", "see\nhelp")
    screen.say("\x1b[2J")
    screen.warn("\x9b")
    assert err.getvalue() == "error: no such file: \ufffd[2J\ufffd.xlsx\nhint: see help\n\ufffd[2J\nwarning: \ufffd\n"


def test_quiet_silences_talk_but_not_trouble() -> None:
    err = io.StringIO()
    screen = Screen(stdout=io.StringIO(), stderr=err, quiet=True, environ={})
    screen.say("imported 400 rows")
    screen.warn("3 hidden rows")
    screen.error("no such account: X12")
    assert err.getvalue() == "warning: 3 hidden rows\nerror: no such account: X12\n"


@pytest.mark.parametrize(
    ("environ", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR_FORCE": "0"}, False, False),
        ({"CLICOLOR": "0"}, True, False),
    ],
)
def test_when_there_is_colour(environ: dict[str, str], terminal: bool, coloured: bool) -> None:
    stream = Terminal() if terminal else io.StringIO()
    assert is_coloured(stream, environ) is coloured


def test_errors_are_coloured_on_a_terminal_only() -> None:
    err = Terminal()
    Screen(stdout=io.StringIO(), stderr=err, environ={}).error("no such account: X12")
    assert err.getvalue() == "\x1b[1;31merror:\x1b[0m no such account: X12\n"


def test_colour_forced_into_a_pipe_cuts_nothing() -> None:
    text = shown(names("A" * 300), environ={"CLICOLOR_FORCE": "1"})
    assert "A" * 300 in text
    assert "\x1b[1m" in text


def test_the_width_comes_from_columns_then_the_terminal() -> None:
    assert columns(io.StringIO(), {}) == 0
    assert columns(io.StringIO(), {"COLUMNS": "132"}) == 132
    assert columns(Terminal(), {"COLUMNS": "wide"}) == 80


def test_an_encoding_without_the_letters_gets_plain_ones() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    screen = Screen(stdout=out, stderr=io.StringIO(), environ={}, width=60)
    screen.show(names("₹ 5 to Müller"), today=TODAY)
    screen.show(names("a long name of many words " * 4), today=TODAY)
    screen.show(names("₹"), today=TODAY, format="json")
    out.flush()
    text = raw.getvalue().decode("ascii")
    assert "? 5 to M?ller" in text
    assert "..." in text
    assert '"name": "\\u20b9"' in text


def test_csv_in_a_pipe_keeps_every_letter_whatever_the_locale() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="cp1252")
    Screen(stdout=out, stderr=io.StringIO(), environ={}).show(names("श्री ₹"), today=TODAY, format="csv")
    out.flush()
    assert raw.getvalue().decode().splitlines() == ["name,note", "श्री ₹,x"]


def test_a_terminal_without_unicode_has_rules_of_hyphens() -> None:
    class Ascii(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO()
    out = Ascii(raw, encoding="ascii")
    Screen(stdout=out, stderr=io.StringIO(), environ={}, width=60).show(names("₹"), today=TODAY)
    out.flush()
    assert b"----" in raw.getvalue()


def test_a_long_table_is_painted_like_a_short_one() -> None:
    rows = [(f"A-{number}", "x") for number in range(101)]
    text = shown(Sheet("names", "Names", names().columns, rows), width=80, coloured=True)
    lines = text.splitlines()
    assert lines[0] == "\x1b[1mNames\x1b[0m"
    assert lines[3] == "\x1b[2m─────  ────\x1b[0m"
    assert lines[-1] == "A-100  x"
    assert len(lines) == 105


def test_rows_left_out_are_told_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    note = "114 more rows: --limit 0 shows all"
    assert note in shown(queue())
    screen = Screen(stdout=sys.stdout, stderr=sys.stderr, environ={})
    screen.show(queue(), format="json", today=TODAY)
    assert json.loads(capsys.readouterr().out)["notes"] == [note]
    screen.show(queue(), format="csv", today=TODAY)
    assert capsys.readouterr().err == f"{note}\n"


@pytest.mark.parametrize("name", ["aged.txt", "aged", "aged.xls", ".csv"])
def test_a_file_of_another_kind_is_refused(name: str) -> None:
    screen = Screen(stdout=io.StringIO(), stderr=io.StringIO(), environ={})
    with pytest.raises(WrongUsage, match="not a kind of file that can be written") as caught:
        screen.show(aging(), output=name, today=TODAY)
    assert caught.value.hint == "end the name in .xlsx, .csv or .json"


def test_a_hyphen_is_stdout() -> None:
    out = io.StringIO()
    Screen(stdout=out, stderr=io.StringIO(), environ={}).show(names("A"), output="-", format="csv", today=TODAY)
    assert out.getvalue() == "name,note\nA,x\n"


def test_a_closed_pipe_is_not_hidden() -> None:
    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Screen(stdout=Closed(), stderr=io.StringIO(), environ={}).show(aging(), today=TODAY)


def test_a_bar_shows_only_on_a_terminal_and_only_when_slow() -> None:
    for err, environ, delay, expected in (
        (Terminal(), {}, 60.0, False),
        (Terminal(), {}, 0.0, True),
        (Terminal(), {"TERM": "dumb"}, 0.0, False),
        (io.StringIO(), {}, 0.0, False),
    ):
        screen = Screen(stdout=io.StringIO(), stderr=err, environ=environ)
        with screen.progress("importing", 200, delay=delay) as advance:
            advance(50)
            for _ in range(200):
                if not expected or "25%" in err.getvalue():
                    break
                time.sleep(0.01)
        assert ("importing [######------------------]  25%  50 of 200" in err.getvalue()) is expected
        assert not expected or err.getvalue().endswith("\r\x1b[K")


def test_a_bar_without_a_total_counts() -> None:
    bar = Bar(io.StringIO(), "reading", 0, 1.0)
    assert bar.line(3.2) == "reading  3 s"
    bar.advance(12000)
    assert bar.line(3.2) == "reading  12,000  3 s"


def test_the_plain_path_imports_nothing_costly() -> None:
    program = (
        "import io, sys\nimport collect.screen\n"
        "loaded = set(sys.modules) & {'rich', 'json', 'csv', 'xlsxwriter', 'unicodedata', 'threading', 'textwrap'}\n"
        "from tests.sheets_to_show import TODAY, queue\n"
        "screen = collect.screen.Screen(stdout=io.StringIO(), stderr=io.StringIO(), environ={})\n"
        "screen.show(queue(), today=TODAY)\n"
        "screen.show(queue(), today=TODAY, format='csv')\n"
        "print(loaded, set(sys.modules) & {'rich', 'json', 'csv', 'xlsxwriter'})"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "set() set()\n"
