"""Finding the payments in a file: a bank statement, a list of receipts, or our own list with decisions filled in."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from operator import itemgetter

from collect import headers, heads
from collect.grids import Column, Layout, Options, Tops

# Field -> what its column is called; the better a name fits, the earlier it stands.
_NAMES: Mapping[str, str] = {
    "paid_on": "transaction date|txn date|tran date|trans date|date of transaction|payment date|receipt date"
    "|received on|received date|date received|paid on|date|value date|value dt|post date|posting date|booking date",
    "credit": "credit|credits|credit amount|credit amt|deposit|deposits|deposit amount|deposit amt|amount credited"
    "|cr amount|cr amt|cr|paid in|money in|receipts|received|amount received|received amount|receipt amount",
    "debit": "debit|debits|debit amount|debit amt|withdrawal|withdrawals|withdrawal amount|withdrawal amt"
    "|amount debited|dr amount|dr amt|dr|paid out|money out|payments",
    "amount": "amount|transaction amount|txn amount|amt|payment amount|paid amount|amount paid|value|paid",
    "drcr": "dr cr|cr dr|debit credit|type|transaction type|txn type|tran type|d c",
    "narration": "narration|description|particulars|transaction remarks|remarks|details|transaction details"
    "|transaction description|transaction particulars|note|notes|memo|message|comments",
    "reference": "chq ref no|cheque ref no|ref no cheque no|reference no|ref no|reference|ref|utr|utr no|utr number"
    "|rrn|upi ref no|upi transaction id|upi ref|transaction id|txn id|tran id|reference number|cheque no|chq no"
    "|cheque number|instrument no|payment reference|bank reference|transaction reference",
    "payer": "payer|payer name|paid by|received from|remitter|remitter name|sender|sender name|from|from account name"
    "|customer name|party name|party|customer|name|counterparty|counterparty name",
    "account": "customer code|customer number|customer no|customer id|account number|account no|account|party code"
    "|loan account number|loan number|loan no|client code|client id",
    "number": "invoice number|invoice no|invoice|bill no|bill number|bill|against bill|against invoice|document number"
    "|document no|inv no",
    "mode": "mode|payment mode|mode of payment|payment method|method|paid via|channel|instrument",
    "currency": "currency|cur|currency code|ccy",
    "line": "line",
    "decision": "decision",
}
FIELDS = tuple(_NAMES)
_MONEY = ("credit", "amount", "debit")


def find(tops: Tops, options: Options) -> list[Layout]:
    """The one layout of the payments in a file.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    layout = heads.find(tops, options, _KIND)
    return [replace(layout, currency_word=_currency(layout.mapping))]


def is_decided(layout: Layout) -> bool:
    """Whether it is our own list of lines, given back with decisions in it."""
    return {"line", "decision"} <= layout.mapping.keys()


def _columns(head: heads.Head) -> dict[str, int] | None:
    mapping = headers.assign(head.texts, head.samples(), _vocabulary(), head.given)
    decided = {"line", "decision"} <= mapping.keys()
    taken = dict(sorted(mapping.items(), key=itemgetter(1)))
    return taken if decided or ("paid_on" in mapping and mapping.keys() & {"credit", "amount"}) else None


_KIND = heads.Kind(
    name="payments",
    one="a payment",
    fields=FIELDS,
    columns=_columns,
    refusal=(
        "no header row with a date and an amount received",
        "name the columns, for example --map paid_on='Header of the date' --map credit='Header of the amount'",
    ),
)


@cache
def _vocabulary() -> headers.Vocabulary:
    meanings: dict[str, list[tuple[str, int]]] = {}
    for name, known in _NAMES.items():
        for rank, header in enumerate(known.split("|")):
            meanings.setdefault(headers.words(header), []).append((name, rank))
    return headers.Vocabulary(
        meanings={header: tuple(found) for header, found in meanings.items()},
        money=frozenset(_MONEY),
        weights={},
        unused=frozenset(),
        fields=FIELDS,
    )


def _currency(columns: Mapping[str, Column]) -> str:
    """The currency a money column's header names: `Deposit (INR)`."""
    found = [headers.meaning(columns[name].header, _vocabulary()).currency for name in _MONEY if name in columns]
    return next(filter(None, found), "")
