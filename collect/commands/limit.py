"""`collect account limit`."""

from typing import Annotated

import typer

from collect import money, options
from collect.commands import common
from collect.desk import Desk
from collect.errors import WrongUsage
from collect.money import Money
from collect.store import credit_limits
from collect.views import risk as view


@options.writes
def limit(
    ctx: typer.Context,
    account: options.Account,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Credit limit in major units; 0 takes it away.")],
    currency: options.Currency = None,
) -> None:
    """Set how much credit an account has; how much of it is used enters the risk score.

    Example: collect account limit C-104 2,50,000
    """
    desk: Desk = ctx.obj
    book = desk.open()
    holder = common.account_to_change(book, account)
    code = money.currency_code(currency or book.currency)
    given = Money(money.typed(amount, code), code)
    if given.minor < 0:
        raise WrongUsage(f"not a credit limit: {amount}", "use an amount from 0, which takes the limit away")
    with book.change("account.limit", holder.number, desk.why):
        credit_limits.put(book, holder, given)
    desk.show(view.limited(holder, given, dry_run=desk.dry_run))
