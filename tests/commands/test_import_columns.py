"""Columns from the command line: what programs really call them, words that mean two things, and what was not read."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect


def write(collect: Collect, text: str) -> Path:
    path = collect.book.parent / "list.csv"
    path.write_text(text.strip() + "\n", encoding="utf-8")
    return path


def imported(collect: Collect, text: str, *options: str, currency: str = "INR") -> dict[str, Any]:
    collect("book", "init", "--currency", currency)
    found: dict[str, Any] = collect("import", "ledger", write(collect, text), "--format", "json", *options).check().json
    return found


def read(facts: dict[str, Any]) -> str:
    """What was read, as `field=Header` in the file's order."""
    return " ".join(f"{field}={header}" for field, header in facts["mapping"].items())


def total(facts: dict[str, Any]) -> list[str]:
    return [f"{one['currency']} {one['amount']} {one['open']}" for one in facts["control"]]


def unread(facts: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["header"], one["map"]) for one in facts["columns_not_read"]["rows"]]


def test_a_column_that_is_not_read_is_named_with_what_to_add(collect: Collect) -> None:
    text = """
Cust Name,Bill Dt,Bill No,Due Dt,Bill Amt,Custmer Cod,Zone Head,GSTIN,Net Amount,Empty
Asha,13/03/2026,1,20/03/2026,1000,C1,Rao,27ABC,900,
Bela,14/03/2026,2,21/03/2026,500,C2,Rao,27ABD,450,
"""
    collect("book", "init")
    path = write(collect, text)
    shown = collect("import", "ledger", path, "--map", "amount=Bill Amt", "--dry-run").check().stdout
    assert "Columns not read" in shown
    assert "F   Custmer Cod  C1           --map account='Custmer Cod'" in shown
    facts = imported(collect, text, "--map", "amount=Bill Amt")
    assert unread(facts) == [
        ("Custmer Cod", "--map account='Custmer Cod'"),
        ("Zone Head", ""),
        ("GSTIN", ""),
        ("Net Amount", "--map amount='Net Amount'"),
    ]
    again = imported(collect, text, "--map", "amount=Bill Amt", "--map", "account=Custmer Cod")
    assert [one[0] for one in unread(again)] == ["Zone Head", "GSTIN", "Net Amount"]


def test_a_list_whose_customer_is_not_known_names_what_it_has(collect: Collect) -> None:
    collect("book", "init")
    path = write(collect, "Who,Bill No,Due Date,Amount,\nAsha,1,2026-03-20,5.00,x")
    collect("import", "ledger", path).check(code=6, stderr="not read: Who | E")
    collect("import", "ledger", path, "--map", "name=Who").check(stdout="imported list.csv")


@pytest.mark.parametrize(
    ("text", "columns", "sums"),
    [
        pytest.param(
            "Party Name;Ref. No.;Bill Dt;Due Dt;Bill Amt.;Recd. Amt.;O/S Amt\n"
            "Asha;1;13/03/2026;20/03/2026;1000;600;400",
            "name=Party Name number=Ref. No. document_on=Bill Dt due_on=Due Dt amount=Bill Amt. "
            "paid=Recd. Amt. open=O/S Amt",
            ["INR 1000.00 400.00"], id="Marg, Busy",
        ),
        pytest.param(
            "PARTY;BILLNO;BILLDATE;DUEDATE;BAKI\nAsha;1;13/03/2026;20/03/2026;400",
            "name=PARTY number=BILLNO document_on=BILLDATE due_on=DUEDATE "
            "open=BAKI", ["INR 400.00 400.00"], id="by hand",
        ),
        pytest.param(
            "A/c Name;Inv #;Demand Date;Balance as on 31/03/2026\nAsha;1;20/03/2026;400",
            "name=A/c Name number=Inv # due_on=Demand Date open=Balance as on "
            "31/03/2026", ["INR 400.00 400.00"], id="a day",
        ),
        pytest.param(
            "पार्टी का नाम;बिल नंबर;बिल तारीख;देय तिथि;बकाया राशि\nआशा;1;13/03/2026;20/03/2026;400",
            "name=पार्टी का नाम number=बिल नंबर document_on=बिल तारीख due_on=देय तिथि open=बकाया राशि",
            ["INR 400.00 400.00"], id="Hindi",
        ),
        pytest.param(
            "Kunde;Rechnungs-Nr.;Rechnungsdatum;FÄLLIGKEIT;Betrag;Offen\n"
            "Müller;R1;13.03.2026;20.03.2026;1.234,56;1.000,00",
            "name=Kunde number=Rechnungs-Nr. document_on=Rechnungsdatum due_on=FÄLLIGKEIT amount=Betrag open=Offen",
            ["INR 1234.56 1000.00"], id="German",
        ),
        pytest.param(
            "Client;N° facture;Date facture;Echéance;Montant TTC;Reste à payer\n"
            "D;F1;13/03/2026;20/03/2026;1 234,56;1 000,00",
            "name=Client number=N° facture document_on=Date facture due_on=Echéance amount=Montant TTC "
            "open=Reste à payer",
            ["INR 1234.56 1000.00"], id="French",
        ),
        pytest.param(
            "Cliente;Factura;Fecha;Vencimiento;Importe;Saldo\nL;F1;13/03/2026;20/03/2026;1.234,56;1.000,00",
            "name=Cliente number=Factura document_on=Fecha due_on=Vencimiento amount=Importe open=Saldo",
            ["INR 1234.56 1000.00"], id="Spanish",
        ),
        pytest.param(
            "Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand\n"
            "J;F1;13-03-2026;20-03-2026;1.234,56;1.000,00",
            "name=Debiteur number=Factuurnummer document_on=Factuurdatum due_on=Vervaldatum "
            "amount=Bedrag open=Openstaand",
            ["INR 1234.56 1000.00"], id="Dutch",
        ),
        pytest.param(
            "KUNNR;NAME1;BELNR;BLDAT;FAEDT;WRBTR;WAERS;SHKZG\n"
            "0001;Asha;900;2026-01-02;2026-02-01;100.00;USD;S\n0002;Bela;901;2026-01-02;2026-02-01;40.00;USD;H",
            "account=KUNNR name=NAME1 number=BELNR document_on=BLDAT due_on=FAEDT amount=WRBTR "
            "currency=WAERS drcr=SHKZG",
            ["USD 60.00 60.00"], id="SAP",
        ),
    ],
)  # fmt: skip
def test_headers_as_programs_and_people_write_them(collect: Collect, text: str, columns: str, sums: list[str]) -> None:
    facts = imported(collect, text)
    assert (read(facts), total(facts)) == (columns, sums)


@pytest.mark.parametrize(
    ("text", "accounts", "sums", "said"),
    [
        pytest.param(  # Odoo, QuickBooks: Account is that of the general ledger
            "Number,Account,Customer,Due Date,Amount Due\nI1,121000 Receivable,Asha,2026-02-01,100\n"
            "I2,121000 Receivable,Bela,2026-02-01,50",
            2, ["INR 150.00 150.00"], "'Account' says the same of many", id="account",
        ),
        pytest.param(
            "Number,Account No,Customer Code,Customer,Due Date,Amount Due\nI1,1200,C1,Asha,2026-02-01,100\n"
            "I2,1200,C2,Bela,2026-02-01,50",
            2, ["INR 150.00 150.00"], "'Account No' says the same of many", id="account beside the customer's own",
        ),
        pytest.param(
            "Name,Account Name,Amount,Due Date\nAsha,Sundry Debtors,10,2026-01-01\nBela,Sundry Debtors,20,2026-01-01",
            2, ["INR 30.00 30.00"], "'Account Name' says the same of many", id="account name",
        ),
        pytest.param(  # one customer spelt in two ways keeps its number
            "Account No,Name,Invoice,Due Date,Amount\n"
            "7,Asha Traders,1,2026-02-01,10\n7,ASHA TRADERS LTD,2,2026-02-01,5",
            1, ["INR 15.00 15.00"], "spelt in several ways", id="two spellings",
        ),
        pytest.param(  # Xero: a row for each line of an invoice, its totals in all of them
            "*ContactName,*InvoiceNumber,*DueDate,Total,InvoiceAmountDue,*Quantity,LineAmount,*AccountCode\n"
            "Asha,I1,2026-02-01,118,100,1,60,200\n"
            "Asha,I1,2026-02-01,118,100,1,40,201\nBela,I2,2026-02-01,50,50,1,50,200",
            2, ["INR 168.00 150.00"], "not added again: 1", id="lines of invoices",
        ),
        pytest.param(
            "Customer,Invoice,Due Date,Amount,Item,Qty\nAsha,1,2026-02-05,60,milk,1\nAsha,1,2026-02-05,60,egg,1",
            1, ["INR 120.00 120.00"], "", id="lines with their own amounts",
        ),
        pytest.param(
            "Customer,Invoice,Date,Amount,Tax,Total,Value\nAsha,1,2026-01-02,100,18,118,x\nBela,2,2026-01-02,200,,200,200",
            2, ["INR 318.00 318.00"], "", id="tax on top",
        ),
        pytest.param(
            "Party,Bill No,Bill Date,Gross Amt,CGST,SGST,Net Amt\n"
            "Asha,1,2026-01-02,118,9,9,100\nBela,2,2026-01-02,20,0,0,20",
            2, ["INR 138.00 138.00"], "", id="tax within",
        ),
        pytest.param(  # SAP: amounts in rupees, and the currency of the invoice beside them
            "Account,Document Number,Net due date,Amount in local currency,Document currency\n"
            "1001,900,2026-02-01,8300,USD\n1002,901,2026-02-01,5000,INR",
            2, ["INR 13300.00 13300.00"], "is not the currency of 'Amount in local currency'", id="two currencies",
        ),
        pytest.param(
            "Account,Document Number,Net due date,Amount in local currency,Local Currency,Document currency\n"
            "1001,900,2026-02-01,8300,INR,USD\n1002,901,2026-02-01,5000,INR,USD",
            2, ["INR 13300.00 13300.00"], "", id="local currency",
        ),
        pytest.param(
            "Account,Document Number,Net due date,Amount in doc. curr.,Amount in local currency,Local "
            "Currency,Currency\n"
            "1001,900,2026-02-01,100,8300,INR,USD",
            1, ["USD 100.00 100.00"], "", id="document currency",
        ),
        pytest.param(
            "Customer No,Document No,Due Date,Amount in doc. curr.,Amount (LCY),Remaining Amount (LCY),Currency Code\n"
            "1001,900,2026-02-01,100,8300,8000,USD\n1002,901,2026-02-01,5,500,500,EUR",
            2, ["INR 8800.00 8500.00"], "is not the currency of", id="open in local currency",
        ),
        pytest.param(
            "Customer No,Document No,Due Date,Document amount,Remaining Amount (LCY)\n1001,900,2026-02-01,100,8000",
            1, ["INR 8000.00 8000.00"], "", id="open in local currency only",
        ),
        pytest.param(  # the balance of a loan is not what is asked for
            "LAN,Customer Name,EMI Amt,POS,Total Outstanding,Overdue Amt,DPD,Bounce charges,Demand Date\n"
            "L1,Asha,5000,400000,410000,15000,65,590,2026-02-05\nL2,Bela,3000,40000,41000,3000,5,0,2026-03-05",
            2, ["INR 18000.00 18000.00"], "", id="loans",
        ),
        pytest.param(
            "Loan A/c No,Outstanding,Overdue Amt,Bounce charges,Penal charges,Due Date\n"
            "L1,400000,15000,590,200,2026-02-05\nL2,40000,3000,0,0,2026-03-05",
            2, ["INR 18000.00 18000.00"], "do not add up to 'Overdue Amt' in 1 rows", id="charges that do not add up",
        ),
        pytest.param(
            "Customer Code,Customer Name,Document No,Due Date,Remaining Amount,Open\n"
            "C1,Asha,1,2026-02-01,100,Yes\nC2,Bela,2,2026-02-01,50,Yes",
            2, ["INR 150.00 150.00"], "", id="open yes or no",
        ),
        pytest.param(
            "Party,Date,Vch No,Debit,Credit,Balance\nAsha,2026-01-02,1,100,,100\nAsha,2026-01-03,2,50,,150\n"
            "Bela,2026-01-02,3,70,,70\nBela,2026-01-05,4,,20,50",
            2, ["INR 200.00 200.00"], "'Balance' is a running balance", id="balance by customer",
        ),
        pytest.param(
            "Party,Date,Vch No,Amount,Running Balance\nAsha,2026-01-02,1,100,100\nBela,2026-01-03,2,50,150",
            2, ["INR 150.00 150.00"], "'Running Balance' is a running balance", id="running balance by name",
        ),
        pytest.param(
            "Customer,Reference,Customer Ref,Amount,Due Date\nAsha,R1,PO1,10,2026-01-01\nAsha,R2,PO2,20,2026-01-01",
            1, ["INR 30.00 30.00"], "", id="the customer's own reference",
        ),
    ],
)  # fmt: skip
def test_a_word_of_two_meanings_is_decided_by_the_other_columns(
    collect: Collect, text: str, accounts: int, sums: list[str], said: str
) -> None:
    facts = imported(collect, text)
    assert (facts["accounts"], total(facts)) == (accounts, sums)
    assert said in " ".join(facts["warnings"])
    assert bool(said) == bool(facts["warnings"]) or "open with more" in facts["warnings"][0]


def test_charges_that_come_on_top_are_added_when_that_is_said(collect: Collect) -> None:
    text = "Loan A/c No,Overdue Amt,Bounce charges,Penal charges,Due Date\nL1,15000,590,200,2026-02-05"
    assert total(imported(collect, text, "--map", "principal=Overdue Amt", "--map", "open=")) == [
        "INR 15790.00 15790.00"
    ]


def test_what_nobody_but_the_user_knows_is_asked(collect: Collect) -> None:
    collect("book", "init")
    text = "Customer,Invoice No,Date,Gross Amount,Disc,Net Amount\nAsha,1,2026-01-02,100,18,82"
    asked = collect("import", "ledger", write(collect, text)).check(code=6, stderr="Gross Amount and Net Amount")
    assert "--map amount='Gross Amount' or --map amount='Net Amount'" in asked.stderr
    assert total(imported(collect, text, "--map", "amount=Net Amount")) == ["INR 82.00 82.00"]
    text = "Account,Document Number,Net due date,Amount in doc. curr.,Local Currency\n1001,900,2026-02-01,100,INR"
    collect("import", "ledger", write(collect, text)).check(code=6, stderr="amounts of the bills' own currency")
    assert total(imported(collect, text, "--currency", "USD", "--map", "currency=")) == ["USD 100.00 100.00"]
