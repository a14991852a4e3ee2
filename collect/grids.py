"""A ledger file before and after it is read: its cells, the layout found in it, its rows, what was set aside and why.

Amounts are minor units of the row's currency; days are ISO text, '' for none; `row` counts from 1 as a spreadsheet
shows it, indexes (`column`, `first`) count from 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeAlias

WIDE = "more cells than the header: an amount with commas and no quotes?"
"""What is wrong with a row of a text file that goes on beyond its header; stands among the errors of its amount."""

Cell: TypeAlias = str | int | float | bool | date | datetime | None


class SheetLike(Protocol):
    """What must be known of a sheet to look for a header in it."""

    @property
    def name(self) -> str:
        """Its name; the file's own name for a csv."""

    @property
    def visible(self) -> bool:
        """Whether Excel shows its tab."""

    @property
    def rows(self) -> int:
        """How many rows it has, from the first to the last with a cell."""


Tops: TypeAlias = Sequence[tuple[SheetLike, Sequence[Sequence[Cell]]]]
"""The first rows of every sheet of a file."""


class FindingsLike(Protocol):
    """What a scan of the file saw beside the values; indexes count from 0 in the whole sheet."""

    @property
    def hidden_rows(self) -> Collection[int]:
        """Rows that Excel does not show."""

    @property
    def hidden_columns(self) -> Collection[int]:
        """Columns that Excel does not show."""

    @property
    def errors(self) -> Mapping[tuple[int, int], str]:
        """Cells that hold a formula error, with its name."""

    @property
    def uncalculated(self) -> Collection[tuple[int, int]]:
        """Cells with a formula that was never calculated."""

    @property
    def merged(self) -> Collection[tuple[int, int, int, int]]:
        """Merged ranges: first row, first column, last row, last column."""

    @property
    def signs(self) -> Mapping[int, Mapping[int, int]]:
        """By column and row: +1 or -1 where the number format says Dr or Cr."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of a file that has none to report, such as a csv; any of them can be given."""

    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: Collection[tuple[int, int]] = ()
    merged: Collection[tuple[int, int, int, int]] = ()
    signs: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about the file, beside what it says itself."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field -> header text, column letter, or '' for "no column"; a second column of that name is `Header#2`."""
    dates: str = ""
    """`dmy` or `mdy`, where the file does not decide it."""
    decimal: str = ""
    """`.` or `,`, where the file does not decide it."""
    currency: str = ""
    """Stands over what the header says; a currency column or sign in a row still counts."""
    book_currency: str = "INR"
    """What amounts are in where nothing else says so."""
    credit_days: int | None = None
    """For rows with neither due date nor terms of their own."""
    as_of: str = ""
    sheet: str = ""
    layout: str = ""
    """`statement` for one running ledger per sheet, else a list."""
    keep_duplicates: bool = False


class Column(NamedTuple):
    """A column of the sheet and the header that stands over it."""

    at: int
    header: str


class Bucket(NamedTuple):
    """A column that holds what is due in one age bucket: its place, its header, and the bucket's own name."""

    at: int
    header: str
    label: str


class Proposal(NamedTuple):
    """A header that nearly is one we know: shown, never taken by itself."""

    field: str
    header: str
    known: str


class Unread(NamedTuple):
    """A column that was not read: its letter, its header, the first value in it, and the field it may be, else ''."""

    letter: str
    header: str
    sample: str
    field: str


class SheetRows(NamedTuple):
    """A sheet that holds a ledger: the rows taken from it, or those below its header where it was not read."""

    name: str
    rows: int
    read: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a sheet the ledger stands and what its columns mean."""

    sheet: str
    header_row: int
    """Row of the (first) header row, from 1."""
    first: int
    """Index of the first row below the header: columns are read from here on."""
    mapping: Mapping[str, Column]
    buckets: tuple[Bucket, ...]
    headers: Mapping[int, str]
    needed: tuple[int, ...]
    """Columns to read, mapped ones and others: a duplicate is a row equal in every cell."""
    fingerprint: str
    """The same for every file with these header words in this order."""
    titles: tuple[str, ...] = ()
    as_of_text: str = ""
    """The day the titles state, as they write it."""
    period_text: tuple[str, str] | None = None
    currency_word: str = ""
    """Code, sign or word by which header or titles state the currency."""
    scale: int = 1
    """What one unit of an amount stands for: 100000 where the header says lakhs."""
    statement: bool = False
    others: tuple[SheetRows, ...] = ()
    """Sheets with a ledger of other columns, which are not read."""
    warnings: tuple[str, ...] = ()


class LedgerRow(NamedTuple):
    """One item, or one credit (amounts negative), in the file's order."""

    row: int
    """The first, where several lines were summed; on a second sheet counted on from the last row of the first."""
    account: str
    """Customer or loan number, or the name where the file has no number."""
    name: str
    number: str
    component: str
    """principal, interest, fee or penalty."""
    kind: str
    """`item` (money owed) or `credit` (credit note, advance, receipt that settles nothing yet)."""
    document_on: str
    due_on: str
    currency: str
    amount_minor: int
    open_minor: int | None
    """None where the file does not say what is open."""
    settled_on: str
    disputed: bool
    bucket: str
    """Only where the file knows the age and no due date."""
    due_from: str
    """How the due date was found: `file`, `terms`, `credit days`, `days overdue`, `--credit-days`, '' for none."""


class AccountRow(NamedTuple):
    """What the file says of one account beside its items."""

    account: str
    name: str
    names: tuple[str, ...]
    """Every spelling, the most frequent first."""
    facts: Mapping[str, str]
    """phone, email, territory, agent, credit_days, credit_limit and so on, as the file writes them."""


class Reject(NamedTuple):
    """A cell that cannot be taken as it stands, and the row is set aside with it."""

    row: int
    column: str
    value: str
    reason: str
    suggestion: str
    sheet: str = ""
    at: int = -1
    """The column's place in the sheet, from 0."""
    account: str = ""
    name: str = ""
    """Whose row it is, where other rows than its own say so."""


class FileTotal(NamedTuple):
    """A total the file states, beside what its rows sum to."""

    currency: str
    stated_minor: int
    read_minor: int
    place: str

    @property
    def delta_minor(self) -> int:
        """What was read more than stated."""
        return self.read_minor - self.stated_minor


class Control(NamedTuple):
    """Sums over the rows taken, in one currency; open counts the amount where the file does not say."""

    currency: str
    amount_minor: int
    open_minor: int


class ColumnSum(NamedTuple):
    """What one money column of a statement sums to, whatever its margin against the balance."""

    header: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True)
class Intake:
    """A ledger file, read: rows_read = taken + skipped + rejected + duplicates."""

    layout: Layout
    rows: list[LedgerRow]
    accounts: dict[str, AccountRow]
    rejects: list[Reject]
    rows_read: int
    taken: int
    """Rows of the file that became ledger rows, before lines were summed."""
    skipped: dict[str, int]
    """By reason: section, party, subtotal, total, note, header, zero, void, opening."""
    rejected: int
    duplicates: int
    hidden_rows: int
    rounded: int
    """Amounts with more decimals than the currency has, rounded half-even."""
    control: list[Control]
    file_totals: list[FileTotal]
    column_sums: list[ColumnSum]
    warnings: list[str]
    as_of: str
    date_order: str
    """`dmy` or `mdy` where texts had to be read by one."""
    samples: dict[str, str]
    """By field, the first value in its column."""
    unread: tuple[Unread, ...] = ()
    """Columns with something in them that no field was read from."""
    sheets: tuple[SheetRows, ...] = ()
    """The sheets that hold a ledger, where there are several."""
    proven: bool = False
    """Whether balances the file states prove all that was read, and the file names whose each of them is."""
