"""Importing customers: how to reach them, their terms and limits, and rows that cannot be taken."""

from pathlib import Path

from openpyxl import load_workbook

from tests.conftest import Collect

LIST = """Customer master
Code,Party Name,Mobile,Phone 2,Email,Address,City,Salesperson,Credit Days,Credit Limit,Language,PIN,Latitude,Longitude
C1,Mehta Hardware,98200 12345,022-2345 6789,a@b.co,"12, MG Road",Pune,Asha,30,"5,00,000.00",Marathi,411001,18.52,73.85
C2,Kapoor & Co,12345,,nomail,,Nashik,Ravi,Net 45 days,100000,Hindi,422001,,
"""
BAD = "C3,Rane Stores,,,,,Surat,Ravi,soon,abc,,395001,95,72\nC2,Kapoor and Co,,,,,,,,,,,,\n"


def write(collect: Collect, text: str, name: str = "customers.csv") -> Path:
    path = collect.book.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def test_customers_come_with_what_is_known_of_them(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    text = LIST.replace("Net 45 days", "45")
    run = collect("import", "accounts", write(collect, text), "--format", "json").check().json
    counts = {key: run[key] for key in ("rows_read", "imported", "updated", "unchanged", "rejected", "ways")}
    assert counts == {"rows_read": 2, "imported": 2, "updated": 0, "unchanged": 0, "rejected": 0, "ways": 6}
    shown = collect("show", "C1", "--format", "json").check().json
    known = {key: shown[key] for key in ("name", "phone", "email", "territory", "agent", "credit_days")}
    assert known == {
        "name": "Mehta Hardware",
        "phone": "+919820012345",
        "email": "a@b.co",
        "territory": "Pune",
        "agent": "Asha",
        "credit_days": 30,
    }
    assert (shown["postcode"], shown["language"], shown["position"]) == ("411001", "Marathi", "18.52,73.85")
    ways = collect("reach", "list", "C1", "--format", "json").check().json["rows"]
    assert {"+919820012345", "+912223456789", "a@b.co", "12, MG Road"} <= {row["value"] for row in ways}


def test_a_number_that_cannot_be_dialled_is_kept_and_marked(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    path = write(collect, LIST.replace("Net 45 days", "45"))
    run = collect("import", "accounts", path).check(stdout="12345 (too few digits); kept as written and marked wrong")
    assert "nomail (not an address)" in run.stdout
    ways = collect("reach", "list", "C2", "--format", "json").check().json["rows"]
    assert [(row["value"], row["state"]) for row in ways] == [("12345", "wrong"), ("nomail", "wrong")]


def test_the_same_list_twice_changes_nothing_and_empty_cells_erase_nothing(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    path = write(collect, LIST.replace("Net 45 days", "45"))
    collect("import", "accounts", path).check()
    collect("import", "accounts", path).check(stdout="nothing new in customers.csv")
    less = write(
        collect, "Code,Party Name,Mobile,Email\nC1,Mehta Hardware,,\nC2,Kapoor & Sons,+91 98200 99999,\n", "less.csv"
    )
    run = collect("import", "accounts", less, "--format", "json").check().json
    assert (run["updated"], run["unchanged"], run["ways"]) == (1, 1, 1)
    shown = collect("show", "C1", "--format", "json").check().json
    assert (shown["phone"], shown["email"]) == ("+919820012345", "a@b.co")
    assert collect("show", "C2", "--format", "json").check().json["phone"] == "+919820099999"
    collect("book", "check").check()


def test_rows_that_cannot_be_taken_stop_it_and_go_to_a_workbook(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    before = collect.book.read_bytes()
    path, aside = write(collect, LIST.replace("Net 45 days", "45") + BAD), collect.book.parent / "aside.xlsx"
    run = collect("import", "accounts", path, "--rejects", aside).check(code=6, stderr="2 rows of customers.csv have")
    for told in ("not a number of days", "not an amount", "beyond 90 degrees", "stands in row 4 already"):
        assert told in run.stdout
    assert collect.book.read_bytes() == before
    collect("import", "accounts", path, "--partial").check(code=1)
    book = load_workbook(aside)
    sheet = book.active
    assert sheet is not None
    right: dict[str, str | int | float] = {"soon": 60, "abc": 25000, "95": 21.17, "C2": "C4"}
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if str(cell.value) in right:
            cell.value = right[str(cell.value)]
    book.save(aside)
    run2 = collect("import", "accounts", aside, "--format", "json").check().json
    assert run2["imported"] == 2
    assert collect("show", "C3", "--format", "json").check().json["credit_days"] == 60


def test_terms_become_credit_days_where_they_count_from_the_bill(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    text = "Customer ID,Customer Name,Payment Terms\nC1,Mehta,Net 45\nC2,Kapoor,EOM+15\n"
    collect("import", "accounts", write(collect, text)).check()
    assert collect("show", "C1", "--format", "json").check().json["credit_days"] == 45
    assert collect("show", "C2", "--format", "json").check().json.get("credit_days") is None


def test_numbers_without_a_country_are_of_the_books_country(collect: Collect) -> None:
    collect("book", "init", "--currency", "EUR", "--zone", "Europe/Berlin").check()
    collect("import", "accounts", write(collect, "Customer No,Name,Phone\n10,Weber GmbH,030 901820\n")).check()
    assert collect("show", "10", "--format", "json").check().json["phone"] == "+4930901820"


def test_a_file_without_customers_is_refused(collect: Collect) -> None:
    collect("book", "init").check()
    path = write(collect, "colour,size\nred,3\n")
    collect("import", "accounts", path).check(code=6, stderr="no header row with a customer")
    collect("import", "accounts", path, "--map", "colour=size").check(code=2, stderr="no such field of an account")


def test_contacts_of_zoho_with_their_second_phone_and_place(collect: Collect) -> None:
    collect("book", "init").check()
    path = collect.book.parent / "Contacts.csv"
    path.write_text(
        "Contact ID,Contact Name,EmailID,Phone,MobilePhone,Billing City,Billing Code\n"
        "98201,Mehta Hardware,m@example.com,020 2553 1234,+91 98100 12345,Pune,411001\n",
        encoding="utf-8",
    )
    found = collect("import", "accounts", path, "--format", "json").check().json
    assert (found["imported"], found["ways"]) == (1, 3)
    shown = collect("account", "show", "98201", "--format", "json").check().stdout
    assert "Pune" in shown
    assert "+919810012345" in collect("reach", "list", "98201", "--format", "json").check().stdout
