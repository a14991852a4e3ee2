"""The ledger that `collect demo` imports: what an Indian wholesaler's office sends, as data and the same every time.

All of it is invented. The mobile numbers begin with 5, which no Indian mobile number does.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

COMPANY = "Neelambari Paper & Packaging LLP"
ITEMS = 400
_CREDIT_NOTES = 15
_ADVANCES = 11
_DISPUTED = 9

# Name | city | size of its bills | days of credit | how it pays
_CUSTOMERS = """
Aarohi Book Depot | Pune | medium | 30 | usual
Abhinav Gift House | Nashik | small | 15 | prompt
Adarsh Vidyalaya Trust | Kolhapur | medium | 45 | slow
Amrapali Sweets & Farsan | Indore | small | 15 | usual
Anupama Deshpande | Pune | small | 15 | usual
Arvind Offset Works | Nagpur | medium | 30 | stuck
Ashirwad Kirana Bhandar | Nashik | small | 15 | prompt
Bhagirath Stationers | Indore | medium | 30 | usual
Bhavani Cartons Pvt Ltd | Bengaluru | large | 60 | slow
Cauvery Agro Foods Pvt Ltd | Mysuru | large | 45 | usual
Chandrika Textiles | Surat | medium | 45 | usual
Chinmay Tutorials | Pune | small | 15 | slow
Darshan Medical & General | Kolhapur | small | 15 | prompt
Devgiri Dairy Products | Nagpur | medium | 30 | usual
Dilip Rane | Ratnagiri | small | 15 | stuck
Ekvira Caterers | Pune | small | 15 | usual
Firdaus Perfumes | Lucknow | medium | 30 | usual
Ganga Jamuna Traders | Lucknow | medium | 30 | slow
Girnar Spices Depot | Ahmedabad | medium | 45 | prompt
Gulmohar Boutique | Surat | small | 15 | usual
Harsha Electricals | Hubballi | medium | 30 | usual
Hemlata Joshi | Indore | small | 15 | slow
Indrayani Foods | Pune | medium | 30 | prompt
Ishwar Pharma Distributors | Ahmedabad | large | 60 | usual
Jagruti Mahila Udyog | Nashik | small | 30 | slow
Jalaram Namkeen | Rajkot | medium | 30 | usual
Kalpavriksha Nursery | Mysuru | small | 15 | usual
Kamal Handlooms | Salem | medium | 45 | slow
Kaveri Pustak Bhandar | Hubballi | medium | 30 | usual
Khandesh Oil Industries | Jalgaon | large | 45 | stuck
Kishore Wagh | Nashik | small | 15 | usual
Lakshmi Narasimha Stores | Vijayawada | small | 15 | prompt
Madhuban Hotels Pvt Ltd | Udaipur | large | 45 | slow
Malhar Sports | Kolhapur | small | 15 | usual
Mandakini Exports | Surat | large | 60 | prompt
Meenal Stationers | Pune | small | 30 | usual
Mohammed Yusuf & Sons | Lucknow | medium | 30 | usual
Namrata Creations | Jaipur | small | 15 | stuck
Nandadeep Bakers | Ratnagiri | small | 15 | prompt
Nilgiri Tea Packers | Coonoor | medium | 45 | usual
Omkar Printers | Jalgaon | medium | 30 | slow
Padmavati Jewellers | Rajkot | medium | 30 | prompt
Parijat Ayurveda | Kochi | medium | 45 | usual
Pooja Bangles & Novelty | Jaipur | small | 15 | usual
Pravin Shinde | Kolhapur | small | 15 | slow
R. K. Iyer & Sons | Salem | medium | 30 | usual
Rajlaxmi Marbles | Udaipur | medium | 45 | stuck
Rukmini Silks | Salem | small | 30 | usual
Sagar Ice Creams | Ahmedabad | medium | 30 | usual
Samarth Engineering Works | Pune | medium | 45 | slow
Sanjivani Clinic | Nagpur | small | 15 | usual
Saraswati Coaching Classes | Jaipur | small | 15 | usual
Shubhada Kale | Pune | small | 15 | prompt
Siddhi Packaging Solutions | Bengaluru | medium | 30 | usual
Sundaram Coffee Works | Coonoor | medium | 30 | prompt
Thomas Kurian & Co | Kochi | medium | 45 | usual
Tulsi Garments | Surat | medium | 30 | slow
Ujjwal Lamps | Vijayawada | small | 15 | usual
Vaishnavi Enterprises | Hubballi | medium | 30 | usual
Yamuna Hospitality Pvt Ltd | Jaipur | large | 60 | slow
"""

_SALESPEOPLE = {
    "Anita Deshmukh": "Pune Nashik Kolhapur Ratnagiri",
    "Imran Qureshi": "Nagpur Indore Jalgaon Lucknow",
    "Bhavesh Trivedi": "Ahmedabad Surat Rajkot Udaipur Jaipur",
    "Lakshmi Prasad": "Bengaluru Mysuru Hubballi Salem Coonoor Kochi Vijayawada",
}

# Rupees of one bill before tax (from, to) and how many open bills such a customer has, in proportion.
_SIZES = {"small": (900, 16_000, 3), "medium": (9_000, 95_000, 7), "large": (80_000, 640_000, 14)}
# Days past due of the open bills (from, to); below zero a bill is not due yet.
_HABITS = {"prompt": (-45, 9), "usual": (-40, 42), "slow": (-20, 105), "stuck": (15, 390)}


class Customer(NamedTuple):
    """One debtor of the demo ledger; `credit_days` from bill to due date."""

    number: str
    name: str
    city: str
    salesperson: str
    mobile: str
    size: str
    credit_days: int
    habit: str


class Row(NamedTuple):
    """One open bill, or a credit note or advance (negative, without a due date); amounts in paise."""

    customer: Customer
    number: str
    document_on: date
    due_on: date | None
    amount_minor: int
    open_minor: int
    disputed: bool = False


def customers() -> list[Customer]:
    """The sixty accounts, in the order of their names."""
    seller = {city: name for name, cities in _SALESPEOPLE.items() for city in cities.split()}
    found = []
    for place, line in enumerate(_CUSTOMERS.strip().splitlines(), start=1):
        name, city, size, credit_days, habit = (part.strip() for part in line.split("|"))
        mobile = f"5{place:04d} {place * 1_237 % 100_000:05d}"
        found.append(Customer(f"C{100 + place}", name, city, seller[city], mobile, size, int(credit_days), habit))
    return found


def ledger(today: date) -> list[Row]:
    """Open bills, credit notes and advances as the office sees them on `today`: 400 rows, by customer and date."""
    chance = Random(20_260_401)  # noqa: S311 - invented figures, the same for everybody
    debtors = customers()
    bills = [_bill(chance, debtor, today) for debtor in _share_out(chance, debtors)]
    late = sorted((bill for bill in bills if bill.due_on and 20 < (today - bill.due_on).days < 120), key=_order)
    doubtful = set(chance.sample(late, _DISPUTED))
    bills = [bill._replace(disputed=bill in doubtful) for bill in bills]
    credit_notes = [_credit_note(chance, bill, today) for bill in chance.sample(bills, _CREDIT_NOTES)]
    advances = [_advance(chance, debtor, today) for debtor in chance.sample(debtors, _ADVANCES)]
    rows = [*_numbered(chance, bills, "SI"), *_numbered(chance, credit_notes, "CN"), *_numbered(chance, advances, "RV")]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[str, date, str, int]:
    return row.customer.name, row.document_on, row.number, row.amount_minor


def _share_out(chance: Random, debtors: list[Customer]) -> list[Customer]:
    """One debtor for each bill: everybody has one, the rest go to the larger customers in proportion."""
    rest = ITEMS - _CREDIT_NOTES - _ADVANCES - len(debtors)
    return [*debtors, *chance.choices(debtors, [_SIZES[debtor.size][2] for debtor in debtors], k=rest)]


def _bill(chance: Random, debtor: Customer, today: date) -> Row:
    earliest, latest = _HABITS[debtor.habit]
    due_on = today - timedelta(days=chance.randint(max(earliest, -debtor.credit_days), latest))
    document_on = due_on - timedelta(days=debtor.credit_days)
    if document_on.weekday() == 6:  # nobody bills on a Sunday
        document_on, due_on = document_on - timedelta(days=1), due_on - timedelta(days=1)
    smallest, largest, _ = _SIZES[debtor.size]
    # The smaller of two draws: many bills are small and a few are large.
    net = min(chance.randint(smallest * 100, largest * 100) for _ in range(2))
    amount = net + net * 18 // 100
    share = chance.choice((25, 40, 50, 75)) if chance.randrange(6) == 0 else 0
    paid_rupees = amount * share // 10_000
    return Row(debtor, "", document_on, due_on, amount, amount - paid_rupees * 100)


def _credit_note(chance: Random, bill: Row, today: date) -> Row:
    """Goods that came back from `bill`: 4 to 15 % of it, some of the notes half used up already."""
    amount = bill.amount_minor * chance.randint(4, 15) // 100
    document_on = min(today, bill.document_on + timedelta(days=chance.randint(2, 25)))
    left = amount // 2 if chance.randrange(4) == 0 else amount
    return Row(bill.customer, "", document_on, None, -amount, -left)


def _advance(chance: Random, debtor: Customer, today: date) -> Row:
    """Money received that names no bill: round thousands, in the last two months."""
    typical = _SIZES[debtor.size][1] // 4_000
    amount = chance.randint(max(1, typical // 2), typical + 1) * 100_000
    return Row(debtor, "", today - timedelta(days=chance.randint(1, 60)), None, -amount, -amount)


def _numbered(chance: Random, rows: list[Row], series: str) -> list[Row]:
    """Give each its number, rising with the date and anew each financial year; gaps are what is settled since."""
    last: Counter[str] = Counter()
    numbered = []
    for row in sorted(rows, key=lambda row: (row.document_on, row.customer.name, row.amount_minor)):
        start = row.document_on.year - (row.document_on.month < 4)
        year = f"{start % 100:02d}-{(start + 1) % 100:02d}"
        last[year] += chance.randint(1, 6)
        numbered.append(row._replace(number=f"{series}/{year}/{last[year]:04d}"))
    return numbered
