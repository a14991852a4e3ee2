#!/usr/bin/env python3
"""Write docs/commands.md and docs/errors.md from the program itself; `--check` compares, and exits 1 if they differ.

commands.md is the help of every command, and the json of what each prints, taken from running it on a small book.
errors.md is the transcripts in tests/errors, which the tests replay.
"""

import os
import re
import shlex
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from collect import cli
from collect.screen import Screen
from collect.views.sheet import Column, Done, Page, Sheet

DOCS = Path(__file__).parent
ERRORS = DOCS.parent / "tests" / "errors"
TODAY = "2026-04-01"

LEDGER = """\
Customer code,Customer name,Invoice,Date,Due date,Amount,Balance
C-104,Asha Traders,INV-1,2026-01-05,2026-02-04,1180.00,1180.00
C-104,Asha Traders,INV-2,2026-03-20,2026-04-19,500.00,500.00
C-105,Ravi & Sons,INV-3,2025-11-30,2025-12-30,7500.50,7000.50
"""

CUSTOMERS = """\
Customer code,Customer name,Mobile,E-mail,City,Credit days,Credit limit
C-104,Asha Traders,98200 12345,asha@example.com,Pune,30,250000
"""

STATEMENT = """\
Date,Narration,Withdrawal,Deposit
2026-04-01,UPI/412345678901/RAVI AND SONS/INV-3,,1000.00
2026-04-01,INTEREST PAID,,12.00
"""

CASES = """\
[[case]]
id = "before eight"
preset = "us-fdcpa"
rule = "US-REGF-6B1-TIME"
expect = "BLOCK"
candidate = { at = "2026-04-01T07:59", tz = "America/Chicago", channel = "call" }
"""

# Run one after the other on a new book; what each shows is described in commands.md.
STORY = (
    "book init --name 'Sharma Traders'",
    "import ledger ledger.csv",
    "import accounts customers.csv",
    "import profiles",
    "queue",
    "brief",
    "show C-104",
    "find asha",
    "why C-105",
    "aging",
    "aging --by item",
    "aging --by agent",
    "account list",
    "account show C-104",
    "account set C-104 --assigned Priya",
    "item list",
    "item show INV-1",
    "item add C-104 INV-9 1250.00",
    "item credit C-104 500 --number CN-7",
    "item write-off C-104 INV-9 --amount 0.50 --why 'rounding'",
    "pay C-104 1080 --tds 100 --mode cheque --ref 000412",
    "payment list",
    "payment show R-1",
    "payment receipt R-1",
    "payment allocate R-1 --to INV-2",
    "payment deposit R-1",
    "payment clear R-1",
    "payment cash",
    "payment certificates",
    "payment certificate R-1 --ref 16A-2026-004",
    "cheque add C-105 2000 --number 000077 --bank 'State Bank' --due 2026-04-01",
    "cheque list",
    "cheque present 000077",
    "account reconcile",
    "account reconcile C-104",
    "import payments statement.csv",
    "payment unmatched",
    "payment match 2 --ignore --why interest",
    "payment reverse R-1 --reason bounced --charge 300",
    "dispute open C-104 --item INV-1 --amount 400 --reason quantity --by +7d --document LR-5512",
    "dispute list",
    "dispute resolve 1 split --credit 150 --why 'two boxes were missing'",
    "stage list",
    "stage move C-105 --why 'never answered'",
    "stage list C-105",
    "account limit C-104 25000",
    "plan propose C-105 --income 30000 --outgoings 28500",
    "plan propose C-105 --count 3",
    "plan agree C-105 --count 3 --first 2026-04-10 --income 30000 --outgoings 28500",
    "plan show P1",
    "plan list",
    "plan settle C-104 --pay 60% --by 2026-05-31 --in 2",
    "plan approve P2 --agent meena",
    "plan cancel P1 --why 'the debtor moved away'",
    "policy use in-ni138 in-msmed in-irac",
    "report clocks --all",
    "report interest",
    "report classes",
    "report risk",
    "report risk C-104",
    "report backtest --split 2026-01-01",
    "report fit --split 2026-01-01",
    "log C-105 call promised --promise 4000 --by fri --note 'after salary'",
    "log C-105 sms sent --at 'yesterday 17:15'",
    "contact list",
    "contact show 1",
    "promise list",
    "promise withdraw 1 --why 'the buyer cancelled'",
    "stage hand-over C-105 C-105-legal",
    "can C-105 call",
    "reach add C-105 '98200 11111' --owner guarantor --from 'loan file'",
    "reach mark C-105 '98200 11111' right --consent sms",
    "reach list C-105",
    "reach trace C-105 'electoral roll' 'present address' --answer 'moved to Nashik'",
    "reach trail C-105",
    "person add C-105 'Ravi Mehta' guarantor",
    "person list C-105",
    "account hold C-105 cease --source 'letter of 3 March'",
    "account release C-105 cease --why 'withdrawn by letter'",
    "account event C-105 visit-notice --on yesterday",
    "policy list",
    "policy show us-fdcpa",
    "policy use us-fdcpa --country US --caps call:3/7",
    "policy breaches",
    "policy test cases.json",
    "book info",
    "book check",
    "config show",
    "config set aging.buckets 30,60",
)

TABLE = "| key | what | kind |\n|---|---|---|"

KINDS = {
    "text": "text",
    "money": "amount",
    "int": "whole number",
    "number": "decimal",
    "date": "date",
    "instant": "moment",
    "percent": "per cent",
    "flag": "true or false",
    "list": "list",
}

CODES = {
    1: "a problem was found",
    2: "wrong usage",
    3: "a bug",
    4: "not found, or more than one",
    5: "refused by a rule",
    6: "a file refused as a whole",
    7: "busy",
    8: "disk full, read-only or no permission",
    9: "not a book, damaged, or newer than the program",
    129: "interrupted",
}

Result = Sheet | Page | Done

COMMANDS_HEAD = """\
# Commands

Written by docs/generate.py from the program's own help, and from what each command prints for a small book.

With `--format json` every command prints one object. `report` names what it is and `today` the day it was made for;
a list has `params`, `columns`, `rows`, `totals` (one per currency), `proof` and `notes`; a page has its facts and, by
name, its lists; a change has what it did and `dry_run`. Keys never change; new ones may be added. The tables below
name them; csv and xlsx have the same columns. Any of them may be null where nothing is known.

| kind | in json |
|---|---|
| amount | text in major units, with the decimals of the `currency` beside it: `"5119.85"` |
| date, moment | ISO text: `"2026-04-01"`, `"2026-04-01T03:30:00Z"` |
| decimal, per cent | text: `"20.5"` |
| list | a list or an object |"""

ERRORS_HEAD = """\
# Errors

Written by docs/generate.py from the transcripts in tests/errors, which the tests replay. An error is one line that
says what happened and, below it, a hint what to do next, both on standard error; the exit code says what kind it was.

| code | meaning |
|---|---|"""


def commands_page() -> str:
    """The text of docs/commands.md."""
    parts = [COMMANDS_HEAD, _fenced(_help())]
    with _world():
        shown = dict(_story())
        for section, lines in cli.SECTIONS.items():
            parts.append(f"## {section}")
            for name in lines:
                parts += [f"### collect {name}", _fenced(_help(*name.split()))]
                parts += [_described(command, result) for command, result in shown.get(name, ())]
    return "\n\n".join(parts) + "\n"


def errors_page() -> str:
    """The text of docs/errors.md."""
    found = defaultdict(list)
    for path in sorted(ERRORS.glob("*.txt")):
        when, transcript = path.read_text(encoding="utf-8").strip().split("\n\n", 1)
        last = re.findall(r"^exit (\d+)$", transcript, re.MULTILINE)[-1]
        found[int(last)].append(f"{when}\n\n{_fenced(transcript)}")
    parts = ["\n".join([ERRORS_HEAD, *(f"| {code} | {meaning} |" for code, meaning in CODES.items())])]
    for code in sorted(found):
        parts += [f"## {code}: {CODES[code]}", *found[code]]
    return "\n\n".join(parts) + "\n"


@contextmanager
def _world() -> Iterator[None]:
    """An empty folder with a ledger, a fixed day and a fixed width."""
    environment = {"COLLECT_BOOK": "book.db", "COLLECT_TODAY": TODAY, "COLLECT_AGENT": "asha", "COLUMNS": "80"}
    with tempfile.TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, environment):
        os.environ["HOME"] = os.environ["XDG_STATE_HOME"] = folder
        Path("cases.json").write_text(CASES, encoding="utf-8")
        Path("ledger.csv").write_text(LEDGER, encoding="utf-8")
        Path("statement.csv").write_text(STATEMENT, encoding="utf-8")
        Path("customers.csv").write_text(CUSTOMERS, encoding="utf-8")
        yield


def _help(*command: str) -> str:
    with redirect_stdout(StringIO()) as text:
        assert cli.run([*command, "--help"]) == 0
    return text.getvalue()


def _story() -> Iterator[tuple[str, list[tuple[str, Result]]]]:
    """Each command of the contents page with what it showed."""
    shown: dict[str, list[tuple[str, Result]]] = defaultdict(list)
    results: list[Result] = []

    def keep(_screen: Screen, result: Result, **_asked: object) -> None:
        results.append(result)

    with patch.object(Screen, "show", keep):
        for line in STORY:
            results.clear()
            words = shlex.split(line)
            code = cli.run(words)
            assert code == 0, f"collect {line}: exit code {code}"
            name = words[0] if words[0] in _names() else " ".join(words[:2])
            shown[name] += [(line, result) for result in results]
    yield from shown.items()


def _names() -> set[str]:
    return {name for lines in cli.SECTIONS.values() for name in lines}


def _described(command: str, result: Result) -> str:
    """The keys of what a command prints with `--format json`."""
    head = f"`collect {command} --format json`: report `{result.report}`."
    if isinstance(result, Sheet):
        return "\n\n".join([head, *_lists(result)])
    facts = "\n".join(f"| `{fact.key}` | {fact.label} | {KINDS[fact.kind]} |" for fact in result.facts)
    parts = [head, f"{TABLE}\n{facts}"] if facts else [head]
    if isinstance(result, Page):
        for name, sheet in result.sheets.items():
            parts += [f"List `{name}`:", *_lists(sheet)]
    return "\n\n".join(parts)


def _lists(sheet: Sheet) -> Iterator[str]:
    yield _keys(sheet.columns)
    if sheet.totals_columns:
        yield f"`totals` also have:\n\n{_keys(sheet.totals_columns)}"


def _keys(columns: Sequence[Column]) -> str:
    return "\n".join([TABLE, *(f"| `{column.key}` | {column.title} | {KINDS[column.kind]} |" for column in columns)])


def _fenced(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
    return f"```\n{lines}\n```"


def main() -> int:
    """Write both files, or with `--check` say which are out of date."""
    old = []
    for name, text in (("commands.md", commands_page()), ("errors.md", errors_page())):
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            old.append(name)
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
    if old and "--check" in sys.argv[1:]:
        sys.stderr.write(f"error: out of date: {', '.join(old)}\nhint: run 'make docs'\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
