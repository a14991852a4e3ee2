"""What the program is measured against, each in a process of its own: python -m bench.yardsticks NAME FILE ..."""

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any


def calamine(path: str) -> None:
    """Read every cell of the first sheet."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def csv_module(path: str) -> None:
    """Read every row."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def remember(exported: str, pattern: str) -> None:
    """Keep the number of rows of an exported workbook, and the cells of one of them, for `xlsxwriter`."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(exported).get_sheet_by_index(0).to_python()
    cells = [cell.isoformat() if isinstance(cell, date) else cell for cell in rows[len(rows) // 2]]
    days = [place for place, cell in enumerate(rows[len(rows) // 2]) if isinstance(cell, date)]
    Path(pattern).write_text(json.dumps({"rows": len(rows), "cells": cells, "days": days}), encoding="utf-8")


def xlsxwriter(pattern: str, path: str) -> None:
    """Write as many rows of the same cells, in constant memory, and nothing else."""
    from xlsxwriter import Workbook

    asked = json.loads(Path(pattern).read_text(encoding="utf-8"))
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": "#,##0.00"})
        for row in range(asked["rows"]):
            for place, cell in enumerate(asked["cells"]):
                if place in asked["days"]:
                    sheet.write_datetime(row, place, datetime.fromisoformat(cell), day)
                elif isinstance(cell, str):
                    sheet.write_string(row, place, cell)
                else:
                    sheet.write_number(row, place, cell, money)


def ungated(*typed: str) -> None:
    """The program with its gate left out: every account may be called now."""
    from collect import cli
    from collect.queue import Stand
    from collect.store import standing

    def everyone(book: Any, accounts: Any) -> dict[int, Stand]:
        now = book.now.isoformat()
        return {one.id: Stand("call", one.phone, True, "", now, "now") for one in accounts}

    vars(standing)["of"] = everyone
    sys.argv = ["collect", *typed]
    cli.main()


def tasks(path: str) -> None:
    """Write 10,000 tasks for taskwarrior to import, with what its urgency looks at."""
    priorities = ("H", "M", "L")
    listed = [
        {
            "description": f"Call party {place:06d}",
            "project": f"territory{place % 12}",
            "priority": priorities[place % 3],
            "tags": [f"agent{place % 20}"],
            "due": f"2026{place % 12 + 1:02d}{place % 28 + 1:02d}T090000Z",
            "entry": "20260101T090000Z",
            "status": "pending",
        }
        for place in range(10_000)
    ]
    Path(path).write_text(json.dumps(listed), encoding="utf-8")


if __name__ == "__main__":
    chosen: dict[str, Callable[..., None]] = {
        "calamine": calamine,
        "csv": csv_module,
        "remember": remember,
        "xlsxwriter": xlsxwriter,
        "tasks": tasks,
        "ungated": ungated,
    }
    chosen[sys.argv[1]](*sys.argv[2:])
