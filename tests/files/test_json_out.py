"""Json is a promise to scripts: the keys of docs/commands.md, money as text, nothing localised."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collect.files import json_out
from collect.screen import Result, Screen
from collect.views.sheet import Column, Sheet
from tests.sheets_to_show import DOLLARS, RUPEES, TODAY, YEN, aging, page, paid, queue
from tests.test_safe import ATTACKS, UNHARMED


def text(result: Result) -> str:
    return "".join(f"{line}\n" for line in json_out.lines(result, TODAY))


def read(result: Result) -> Any:
    return json.loads(text(result))


def test_a_report_in_every_detail(golden: Callable[[str, str], None]) -> None:
    golden("json-aging.txt", text(aging(RUPEES, DOLLARS, YEN)))


def test_the_keys_of_a_report() -> None:
    found = read(aging())
    assert list(found) == ["report", "today", "params", "columns", "rows", "totals", "proof", "notes"]
    assert found["report"] == "aging"
    assert found["today"] == "2026-11-22"
    assert found["params"] == {"by": "account", "as_of": "2026-11-22"}
    assert found["columns"] == list(found["rows"][0])
    assert found["rows"][0]["total"] == "145876.33"
    assert found["totals"][0]["items"] == 3
    assert found["totals"][0]["unapplied"] == "-123.02"
    assert found["proof"] == {"INR": {"postings": "218835.93", "report": "218835.93", "ok": True}}


def test_every_kind_of_cell() -> None:
    first, second = read(queue())["rows"]
    assert first == {
        "rank": 1,
        "account": "A-101",
        "name": "Asha Traders",
        "currency": "INR",
        "overdue": "123456.78",
        "days_overdue": 92,
        "score": "71.5",
        "share": "12.34",
        "reasons": [{"term": "amount", "points": "3.5", "since": "2026-10-01"}],
        "action": "call",
        "allowed": True,
        "next_allowed_at": None,
        "promise_on": "2026-11-22",
        "item_id": 11,
    }
    assert second["next_allowed_at"] == "2026-11-23T08:00:00+05:30"
    assert second["reasons"] == []


def test_an_empty_report_has_every_key() -> None:
    found = read(Sheet("names", "Names", (Column("name", "Name"),), ()))
    assert found["rows"] == found["totals"] == found["notes"] == []
    assert found["proof"] == found["params"] == {}


def test_a_page_is_one_object() -> None:
    found = read(page())
    assert list(found) == ["report", "today", "account", "open", "oldest_on", "hold", "phone", "tags", "items", "notes"]
    assert found["open"] == "145876.33"
    assert found["phone"] is None
    assert found["tags"] == ["vip"]
    assert list(found["items"]) == ["columns", "rows", "totals", "proof", "notes"]


def test_a_change_says_what_it_did() -> None:
    assert read(paid(dry_run=True)) == {
        "report": "pay",
        "today": "2026-11-22",
        "receipt": "12",
        "amount": "5000.00",
        "dry_run": True,
    }


@pytest.mark.parametrize(
    "name", [*UNHARMED, *(attack for attack, _ in ATTACKS), 'a "quoted" \\ name', "100%s", "%(x)d"]
)
def test_names_lose_nothing_and_reach_no_terminal(name: str) -> None:
    columns = (Column("name", "Name"), Column("%key", "Key"), Column("more", "More", "list"))
    written = text(Sheet("names", "Names", columns, [(name, "x", {"name": name})], notes=(name,)))
    found = json.loads(written)
    assert found["rows"] == [{"name": name, "%key": "x", "more": {"name": name}}]
    assert found["notes"] == [name]
    assert not set("".join(chr(code) for code in (*range(10), *range(11, 32), 127, 0x9B, 0x202E))) & set(written)


def test_a_file_holds_the_same_object(tmp_path: Path) -> None:
    path = tmp_path / "aged.json"
    err = io.StringIO()
    Screen(stdout=io.StringIO(), stderr=err, environ={}).show(aging(), output=str(path), today=TODAY)
    assert path.read_text(encoding="utf-8") == text(aging())
    assert err.getvalue() == f"wrote {path} (3 rows)\n"
