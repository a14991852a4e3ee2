"""From what was typed to a plan that can be agreed: which items, which amounts and days, what the household can pay."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, get_args

from collect import daysoff, money, planning, plans, planterms, progress, settlements
from collect.affordability import Budget
from collect.book import Book
from collect.dates import days_overdue
from collect.desk import Desk
from collect.errors import NotFound, Refused, WrongUsage
from collect.instalments import DayCount, Interest, Kind, Odd
from collect.plans import Debt, Plan
from collect.records import Account, Item
from collect.schedule import Calendar, Every, Move
from collect.store import budgets, disputes, items
from collect.store import plans as kept
from collect.store.plans import Kept
from collect.store.postings import AsOf
from collect.views import plans as view


class Typed(NamedTuple):
    """What stands on the command line, as text."""

    number: int | None = None
    amount: str | None = None
    dates: Sequence[str] = ()
    first: str | None = None
    every: str = "month"
    month_day: str = ""
    down: str = ""
    interest: str = ""
    income: str = ""
    outgoings: str = ""
    priority: str = ""
    household: int = 1
    said_by: str = ""
    note: str = ""


class Covered(NamedTuple):
    """What a plan is made for: the debt, its items, and the plan it takes the place of."""

    debt: Debt
    items: tuple[Item, ...]
    replaced: Kept | None = None


class Draft(NamedTuple):
    """A plan that could be agreed, with what to know before."""

    plan: Plan
    covered: Covered
    every: Every
    findings: tuple[planning.Finding, ...]
    said: Budget | None = None
    """A statement of income made just now, to be kept with the plan."""
    notes: tuple[str, ...] = ()

    def shown(self, holder: Account, today: date) -> view.Shown:
        """As it would stand, not agreed yet."""
        standing = progress.evaluate(self.plan, (), today)
        return view.Shown(
            standing, holder, self.covered.items, every=self.every, findings=self.findings, notes=self.notes
        )


def covered(book: Book, holder: Account, named: Sequence[str], currency: str | None, replaces: str) -> Covered:
    """Items a new plan covers: those named, else all that is overdue, not disputed and not in a plan that holds.

    A plan named to be replaced, or one that is broken or lapsed, gives its items to the new one. Raises NotFound for a
    name without an open item, Refused for an item that another plan holds.
    """
    plans_ = kept.kept(book, book.today, [holder.id])
    live = {one.number: one for one in plans_ if one.standing.state in {*kept.LIVE, "lapsed"}}
    old = _replaced(book, holder, replaces) if replaces else None
    holding = {item_id: one for one in live.values() for item_id in one.plan.item_ids}
    interest = {item_id for one in live.values() for item_id in kept.interest_items(book, one.plan.id or 0)}
    found = [item for item in items.open_of(book, holder, AsOf(book.today)) if item.id not in interest]
    code = money.currency_code(currency) if currency else ""
    doubted = disputes.disputed_minor(book, AsOf(book.today), holder.id)
    found = [
        item._replace(disputed=item.id in doubted)
        for item in found
        if item.open_minor > 0 and (not code or item.currency == code)
    ]
    if named:
        chosen = _named(found, named)
    else:
        mine = old.plan.item_ids if old else frozenset()
        free = [item for item in found if _replaceable(holding.get(item.id), old)]
        chosen = [item for item in free if item.id in mine or (item.due_on < book.today and not item.disputed)]
        if not chosen and live:
            number = next(iter(live))
            raise Refused(f"already in a plan: {number}", f"add --replaces {number}, or name other items with --item")
        if not chosen and found:
            raise WrongUsage(f"nothing overdue to make a plan for: {holder.number}", "name items with --item")
    debt = plans.debt_of((item.id, item.currency, item.open_minor) for item in chosen)
    return Covered(debt, tuple(chosen), _given_up(chosen, holding, old))


def _given_up(chosen: Sequence[Item], holding: Mapping[int, Kept], old: Kept | None) -> Kept | None:
    """The plan that the chosen items leave for the new one; Refused where they are in another that holds."""
    for item in chosen:
        own = holding.get(item.id)
        if own is None:
            continue
        if not _replaceable(own, old):
            hint = f"add --replaces {own.number}, or cancel that plan first"
            raise Refused(f"already in a plan: {item.number} is in {own.number}", hint)
        old = own
    return old


def draft(desk: Desk, book: Book, holder: Account, over: Covered, typed: Typed) -> Draft:
    """The plan that was asked for."""
    asked, said = parsed(desk, typed, over.debt.currency, holder)
    known = said or budgets.latest(book, holder, over.debt.currency, book.today)
    odd: Odd = "first" if book.setting("plan.odd") == "first" else "last"
    plan = planning.drawn(holder.id, over.debt, asked, book.today, budget=known, calendar=days_off(book), odd=odd)
    if plan.instalments[0].due_on < book.today:
        raise WrongUsage(f"the first instalment would be over: {plan.instalments[0].due_on}", "give a later --first")
    findings = planning.findings(plan, known, asked.every)
    notes = (*budget_notes(book, known), *_moves(book))
    return Draft(plan, over, asked.every, findings, said, notes)


def settlement(
    desk: Desk, book: Book, over: Covered, account_id: int, pay: str, by: str, number: int, every: str
) -> Draft:
    """The settlement that was asked for, with what the settings say of it."""
    by_on, debt = desk.day(by), over.debt
    assert by_on is not None
    step = rhythm(every)
    plan = settlements.propose(
        account_id, debt, pay_minor=_share(pay, debt), by_on=by_on, today=book.today, count=number, every=step
    )
    product = book.setting("policy.product")
    oldest = max(days_overdue(item.due_on, book.today) for item in over.items)
    checks = settlements.checks(
        plan,
        book.today,
        regulated=book.setting("policy.regulated") == "yes",
        floor=settlements.floor_percent(planterms.floors(book.setting("settlement.floors")), product, oldest),
        limits=staff(book, debt.currency).limits,
    )
    return Draft(plan, over, step, (*planning.findings(plan, None, step, checks), _worth(book, plan)))


def parsed(desk: Desk, typed: Typed, currency: str, holder: Account) -> tuple[planning.Asked, Budget | None]:
    """Amounts in the currency of the debt, days, and a statement of income where one was made."""

    def minor(text: str | None) -> int:
        return money.typed(text, currency) if text else 0

    days = tuple(day for day in map(desk.day, typed.dates) if day)
    every = rhythm(typed.every)
    each_minor = minor(typed.amount) if typed.amount else None
    if each_minor is not None and each_minor <= 0:
        raise WrongUsage(f"not an amount above zero: {typed.amount}", "type what it is worth, without a sign")
    first, interest = desk.day(typed.first), _interest(typed.interest)
    asked = planning.Asked(typed.number, each_minor, days, first, every, typed.month_day, minor(typed.down), interest)
    if not typed.income:
        return asked, None
    said_by = typed.said_by or holder.name
    budget = Budget(
        *(currency, minor(typed.income), desk.open().today, said_by, minor(typed.priority), minor(typed.outgoings)),
        *(typed.household, typed.note),
    )
    return asked, budget


def days_off(book: Book) -> Calendar:
    """The calendar of the settings."""
    from collect.policy_hours import weekdays

    move: Move = next((one for one in daysoff.MOVES if one == book.setting("plan.move")), "none")
    own, where = book.setting("plan.holidays"), book.setting("plan.region")
    return daysoff.calendar(move, own, where, book.today.year, weekdays(book.setting("followup.workdays")))


def _moves(book: Book) -> tuple[str, ...]:
    """Where an instalment goes that falls on a day off, in words."""
    words = {
        "after": "to the next working day",
        "before": "to the last working day before",
        "within": "to the next working day, within the month",
    }
    move = words.get(book.setting("plan.move"))
    where = book.setting("plan.region")
    return (f"an instalment on a day off{f' ({where})' if where else ''} goes {move}",) if move else ()


def budget_notes(book: Book, budget: Budget | None) -> tuple[str, ...]:
    """Who said what the household can pay, and whether it is time to ask again."""
    if budget is None:
        return ()
    surplus = money.Money(budget.surplus_minor, budget.currency)
    told = f"surplus {surplus} a month, as {budget.said_by} said on {budget.said_on}"
    again = "ask again now" if budget.review_on <= book.today else f"ask again on {budget.review_on}"
    return (f"{told}; {again}",)


def staff(book: Book, currency: str) -> planterms.Staff:
    """The approval matrix of the settings."""
    matrix = planterms.limits(book.setting("settlement.limits"), currency)
    return planterms.Staff(matrix, planterms.roles(book.setting("settlement.roles")))


def rhythm(text: str) -> Every:
    """`week`, `fortnight` or `month`; WrongUsage otherwise."""
    every: Every
    for every in get_args(Every):
        if every == text:
            return every
    raise WrongUsage(f"not how often: {text}", "use one of: week, fortnight, month")


def _replaceable(holding: Kept | None, old: Kept | None) -> bool:
    """Whether an item is free for a new plan: in none, in the one to be replaced, or in one that came to nothing."""
    if holding is None or (old is not None and holding.number == old.number):
        return True
    return old is None and holding.standing.state in {"broken", "lapsed"}


def _replaced(book: Book, holder: Account, text: str) -> Kept:
    """The account's plan of that number; NotFound, or Refused where it has ended."""
    for one in kept.kept(book, book.today, [holder.id]):
        if one.number == text.upper():
            if one.standing.state in {"completed", "cancelled", "superseded"}:
                raise Refused(f"nothing to replace, {one.number} is {one.standing.state}", "leave --replaces out")
            return one
    raise NotFound(f"no such plan on {holder.number}: {text}", "see 'collect plan list'")


def _named(found: Sequence[Item], named: Sequence[str]) -> list[Item]:
    """Open items of those numbers."""
    for number in named:
        if number not in {item.number for item in found}:
            raise NotFound(f"no open item of that number: {number}", "see 'collect item list ACCOUNT'")
    return [item for item in found if item.number in named]


def _share(text: str, debt: Debt) -> int:
    """What is to be paid: an amount, or a percentage of the debt such as 60%."""
    if not text.strip().endswith("%"):
        return money.typed(text, debt.currency)
    return settlements.share_of(debt, _percent(text.strip().removesuffix("%")))


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal(-1)
    if not 0 <= found <= 1000:
        raise WrongUsage(f"not a percentage: {text}", "type it like 12 or 12.5")
    return found


def _interest(text: str) -> Interest | None:
    """Interest of `12`, `flat:12` or `declining:12:30/360`: percent a year."""
    if not text:
        return None
    parts = text.split(":")
    word = parts.pop(0) if parts[0] in get_args(Kind) else "declining"
    days = parts[1] if len(parts) == 2 else "actual/365"
    day_count: DayCount | None = next((one for one in get_args(DayCount) if one == days), None)
    if len(parts) not in {1, 2} or day_count is None:
        raise WrongUsage(f"not an interest: {text}", "use 12, flat:12 or declining:12:30/360, in percent a year")
    return Interest("flat" if word == "flat" else "declining", _percent(parts[0]), day_count)


def _worth(book: Book, plan: Plan) -> planning.Finding:
    """What the offer is worth today beside what is expected without it."""
    rate, share = (Decimal(book.setting(f"settlement.{key}_percent")) for key in ("discount", "expected"))
    days = int(book.setting("settlement.expected_days"))
    worth = settlements.compare(
        plan, book.today, yearly_percent=rate, expected_percent=share, expected_on=book.today + timedelta(days=days)
    )
    offer, expected = (money.Money(minor, plan.currency) for minor in (worth.offer_minor, worth.expected_minor))
    why = f"worth {offer} today; without it {expected} ({share} % in {days} days, at {rate} % a year)"
    return planning.Finding("SETTLEMENT-WORTH", "ALLOW" if worth.better else "WARN", why)
