"""Finding the payments in a file: a bank statement, a list of receipts, or our own list with decisions filled in."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from operator import itemgetter

from collect import headers, titles
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Column, Layout, Options
from collect.profiles import Tops

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
    """The one layout of the payments in a file: the header row with the most columns that are known.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    if unknown := next((name for name in options.mapping if name not in FIELDS), None):
        raise WrongUsage(f"no such field of a payment: {unknown}", "fields are: " + ", ".join(FIELDS))
    names = [sheet.name for sheet, _ in tops]
    if options.sheet and options.sheet not in names:
        raise WrongUsage(f"no such sheet: {options.sheet}", "sheets are: " + ", ".join(names[:20]))
    best: Layout | None = None
    for sheet, rows in tops:
        if sheet.name == options.sheet or (sheet.visible and not options.sheet):
            for top in range(len(rows)):
                found = _layout(sheet.name, rows, top, options)
                if found and (best is None or len(found.mapping) > len(best.mapping)):
                    best = found
    if best is None:
        raise InputRefused(
            "no header row with a date and an amount received",
            "name the columns, for example --map paid_on='Header of the date' --map credit='Header of the amount'",
        )
    return [best]


def is_decided(layout: Layout) -> bool:
    """Whether it is our own list of lines, given back with decisions in it."""
    return {"line", "decision"} <= layout.mapping.keys()


def _layout(sheet: str, rows: Sequence[Sequence[Cell]], top: int, options: Options) -> Layout | None:
    texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in rows[top]]
    given = {name: headers.column_named(header, texts) if header else -1 for name, header in options.mapping.items()}
    places = {name: place for name, place in given.items() if place is not None and place < len(texts)}
    if len(places) < len(given) or sum(map(bool, texts)) < 2:
        return None
    body = rows[top + 1 : top + 13]
    samples = {at: [row[at] for row in body if at < len(row)] for at, text in enumerate(texts) if text}
    mapping = headers.assign(texts, samples, _vocabulary(), places)
    decided = {"line", "decision"} <= mapping.keys()
    if not decided and ("paid_on" not in mapping or not mapping.keys() & {"credit", "amount"}):
        return None
    columns = {name: Column(place, texts[place]) for name, place in sorted(mapping.items(), key=itemgetter(1))}
    return Layout(
        sheet=sheet,
        header_row=top + 1,
        first=top + 1,
        mapping=columns,
        buckets=(),
        headers={place: text for place, text in enumerate(texts) if text},
        needed=tuple(place for place, text in enumerate(texts) if text),
        fingerprint="payments " + sha256("|".join(map(headers.words, texts)).rstrip("|").encode()).hexdigest()[:16],
        titles=tuple(text for row in rows[:top] if (text := titles.line(row))),
        currency_word=_currency(columns),
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
