"""The totals of a ledger once all its rows are known: which are of the whole file, and what only stands below them."""

from collect.rowfacts import GRAND, LOOSE, Body, Kinds, Total
from collect.rowsums import RowSums


def settle(kinds: Kinds, sums: RowSums, body: Body, last_plain: int) -> None:
    """Tell the totals of the file from subtotals, and leave out what stands below one that its rows sum to."""
    totals = kinds.totals
    last = [k for k, total in enumerate(totals) if total.at > last_plain]
    grand = {k for k in last if GRAND.fullmatch(totals[k].label) and not _of_part(totals[k], sums)}
    if last and not grand:
        final = totals[last[-1]]
        whole, part = (sums.adds_up(final.stated, start, final.at) for start in (0, final.start))
        if whole or not (final.label or part):
            grand = {last[-1]}
    for k in grand:
        totals[k] = totals[k]._replace(grand=True)
    kinds.skipped["total"] += len(grand)
    kinds.skipped["subtotal"] += sum(total.heads is None for total in totals) - len(grand)
    proven = [totals[k].at for k in sorted(grand) if sums.adds_up(totals[k].stated, 0, totals[k].at)]
    if proven:
        _leave_out(kinds, sums, body, proven[-1])


def _of_part(total: Total, sums: RowSums) -> bool:
    """Whether a total is the sum of the rows since the last one, and not of all rows."""
    return sums.adds_up(total.stated, total.start, total.at) and not sums.adds_up(total.stated, 0, total.at)


def _leave_out(kinds: Kinds, sums: RowSums, body: Body, total: int) -> None:
    """Amounts without number and day below the total of all rows are no debts; loose money may well be."""
    for found in (sums.extra, kinds.unclear, kinds.no_party):
        below = [i for i in found if i > total and not _is_kept(i, body)]
        kinds.footers += below
        found[:] = [i for i in found if i not in below]
    kinds.skipped["footer"] += len(kinds.footers)


def _is_kept(i: int, body: Body) -> bool:
    """Whether a row has a day or a number, or words of loose money."""
    texts = [text.strip() for cells in body.cells.values() if isinstance(text := cells[i], str)]
    return body.dated[i] or any(map(str.isdigit, body.number[i])) or any(map(LOOSE.fullmatch, texts))
