"""The export of any program gives every item and the whole sum, and the same file again changes nothing.

Every story in tests/exports/files is one: to tell a new one, write what a collector expects of it.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect
from tests.exports import export

STORIES = sorted((Path(__file__).parent / "files").glob("*.txt"))
DAY = "2026-04-20"


def _standing(collect: Collect) -> tuple[list[Any], list[Any], dict[str, str]]:
    """What the book says: sums by currency, the accounts that owe, and due dates by document number."""
    aged = collect("aging", "--format", "json", "--limit", "0", today=DAY).check().json
    listed = collect("item", "list", "--format", "json", "--limit", "0", today=DAY).check().json["rows"]
    due = {row["number"]: row["due_on"] for row in reversed(listed)}
    return aged["totals"], sorted(row["account"] for row in aged["rows"]), due


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_an_export_gives_its_items(collect: Collect, tmp_path: Path, story: Path) -> None:
    made = export.read(story)
    facts, options = made.facts, made.facts.get("options", "").split()
    collect("book", "init", "--currency", facts.get("currency", "INR")).check()
    command = ("import", "ledger", made.write(tmp_path), *options, "--format", "json")
    first = collect(*command, today=DAY).check().json
    assert facts.get("says", "") in " ".join(first["warnings"])
    totals, accounts, due = _standing(collect)
    assert {total["currency"]: total["total"] for total in totals} == made.open
    assert accounts == made.accounts or not made.accounts
    assert made.due.items() <= due.items()
    again = collect(*command, "--full", today=DAY).check().json
    assert [again[key] for key in ("imported", "updated", "vanished", "rejected")] == [0, 0, 0, 0]
    assert _standing(collect) == (totals, accounts, due)
