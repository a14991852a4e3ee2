"""What headers mean: one shape for all writings, buckets, units, and slips that are proposed."""

import pytest

from collect import columns, headers


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Party's Name", "name"), ("Ref. No.", "number"), ("Pending Amount", "open"), ("Due on", "due_on"),
        ("Vch No.", "number"), ("Invoice#", "number"), ("customerID", "account"), ("InvoiceAmount", "amount"),
        ("SettledDate", "settled_on"), ("cust_number", "account"), ("name_customer", "name"),
        ("due_in_date", "due_on"), ("converted_usd", "amount"), ("Open Advance (ILS)", "open"),
        ("Net due date", "due_on"), ("Amount\n(₹)", "amount"), ("AMOUNT DUE", "open"), ("Customer full name", "name"),
        ("Loan Account No", "account"), ("DPD", "days_overdue"), ("Fälligkeitsdatum", "due_on"),
        ("Montant TTC", "amount"), ("बकाया", "open"),
    ],
)  # fmt: skip
def test_a_header_by_its_best_meaning(header: str, field: str) -> None:
    known = headers.vocabulary()
    assert min(headers.meaning(header, known).fields, key=lambda pair: pair[1])[0] == field


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Current", "not due"), ("Not Due", "not due"), ("Future", "not due"), ("1-30", "1-30"),
        ("1 - 30 Days", "1-30"), ("31 to 60 days past due", "31-60"), ("90+", "91+"), (">120 Days", "121+"),
        ("Over 90", "91+"), ("91 and over", "91+"), ("91-Above", "91+"), ("91 or more days past due", "91+"),
        ("(< 30 days)", "0-30"), ("< 1 Month", "1-30"), ("Older", "older"), ("Total", ""), ("30 Days", ""),
        ("60-31", ""), ("Amount", ""), ("2026-04", ""),
    ],
)  # fmt: skip
def test_age_buckets_by_their_own_name(header: str, label: str) -> None:
    assert headers.bucket(header) == label


def test_currency_and_unit_in_a_header() -> None:
    known = headers.vocabulary()
    found = headers.meaning("Pending Amount (Rs. in lakhs)", known)
    assert (found.currency, found.scale) == ("rs", 100_000)
    assert headers.meaning("Customer (USD)", known).fields == ()
    assert headers.meaning("Colour", known).fields == ()


def test_every_field_gets_its_best_column_and_no_column_two() -> None:
    known = headers.vocabulary()
    texts = ["Customer", "Customer Name", "Date", "Due", "Due Date", "Total", "Customer"]
    assert headers.assign(texts, {}, known, {}) == {
        "account": 0, "name": 1, "document_on": 2, "open": 3, "due_on": 4, "amount": 5,
    }  # fmt: skip
    assert headers.assign(["Customer"], {}, known, {}) == {"name": 0}
    assert headers.assign(["Total", "Worth"], {}, known, {"amount": 1, "name": -1}) == {"amount": 1}


def test_a_column_that_holds_something_else_stands_back() -> None:
    known = headers.vocabulary()
    amounts = ("1,200.00", "300.00")
    days = ("01/04/2026", 20260401)
    assert headers.assign(["Due"], {0: amounts}, known, {}) == {"open": 0}
    assert headers.assign(["Due"], {0: days}, known, {}) == {"due_on": 0}
    assert headers.suits("amount", days, known) is False
    assert headers.suits("name", days, known) is True


def test_slips_are_proposed_for_fields_that_have_no_column() -> None:
    known = headers.vocabulary()
    texts = ["Invocie Date", "Remarks", "Baalnce", "Zq"]
    assert [tuple(one) for one in columns.proposals(texts, (), known.fields, known)] == [
        ("document_on", "Invocie Date", "invoice date"),
        ("open", "Baalnce", "balance"),
    ]
    assert columns.proposals(texts, (0,), ("document_on",), known) == []


def test_columns_named_by_the_user() -> None:
    texts = ["Date", "Amount", "", "Amount"]
    assert [headers.column_named(text, texts) for text in ("amount", "Amount#2", "Amount#3", "D", "Colour", "AA")] == [
        1, 3, None, 3, None, 26,
    ]  # fmt: skip
    assert [headers.letter(index) for index in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
