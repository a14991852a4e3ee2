"""HTML tables and Excel's XML of 2003, whatever their file is called."""

from datetime import date, datetime
from typing import Any

import pytest

from collect.errors import InputRefused
from collect.files.readers import read

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def html(page: str, encoding: str = "utf-8") -> list[list[Any]]:
    shelf = read("html", page.encode(encoding))
    return list(shelf.rows("table 1", range(50)).values())


def test_a_table_is_a_sheet_of_texts() -> None:
    page = """<html><head><style>td { color: red }</style></head><body><table>
      <!-- made by a bank --><tr><th>Name</th><th>Amount&nbsp;due</th></tr>
      <tr><td>Asha &amp; Sons<br>Mumbai</td><td align=right> 1,23,456.50
      </td></tr><tr><td></td></tr></table></body></html>"""
    assert html(page) == [["Name", "Amount due"], ["Asha & Sons\nMumbai", "1,23,456.50"], [None, None]]


def test_spans_keep_the_columns_in_line() -> None:
    page = (
        "<table><tr><td rowspan=2>A</td><td colspan='2'>B</td></tr><tr><td>C</td><td>D</td></tr>"
        '<tr style="display:none"><td>E<td>F</table>'
    )
    shelf = read("html", page.encode())
    assert list(shelf.rows("table 1", range(9)).values()) == [["A", "B", None], [None, "C", "D"], ["E", "F", None]]
    found = shelf.findings("table 1")
    assert found.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert found.hidden_rows == {2}


def test_a_table_inside_a_cell_is_a_sheet_of_its_own() -> None:
    shelf = read("html", b"<table><tr><td>out<table><tr><td>in</td></tr></table>side</td></tr></table>")
    assert [sheet.name for sheet in shelf.sheets] == ["table 1", "table 2"]
    assert shelf.rows("table 1", [0]) == {0: ["outside"]}
    assert shelf.rows("table 2", [0]) == {0: ["in"]}


def test_hidden_columns_of_a_table_are_found() -> None:
    page = b"<table><col span=2><col style='display:none'><tr><td>a<td>b<td>c</table>"
    assert read("html", page).findings("table 1").hidden_columns == {2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert html("<table><tr><td>Müller</td></tr></table>", encoding) == [["Müller"]]


def test_a_stated_encoding_is_believed_where_it_is_one_byte() -> None:
    page = '<meta charset="windows-1252"><table><tr><td>10 €</td></tr></table>'
    assert html(page, "cp1252") == [["10 €"]]


def test_a_page_without_a_table_is_refused() -> None:
    with pytest.raises(InputRefused, match="a web page without a table"):
        html("<html><script>document.write('<table><tr><td>1')</script><p>Log in again</p></html>")


def test_a_huge_span_is_refused() -> None:
    with pytest.raises(InputRefused, match="too large"):
        html("<table>" + "<tr><td colspan=16384>x</tr>" * 1300 + "</table>")


def xml(table: str, options: str = "") -> bytes:
    styles = '<Styles><Style ss:ID="c"><NumberFormat ss:Format="0.00&quot; Cr&quot;"/></Style></Styles>'
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">'
        f'{styles}<Worksheet ss:Name="Ledger"><Table>{table}</Table>{options}</Worksheet></Workbook>'
    ).encode()


def test_the_xml_of_2003_gives_values_in_their_kind() -> None:
    table = (
        '<Row><Cell><Data ss:Type="String">Name</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell>'
        "</Row>"
        '<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2026-04-01T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-04-01T12:00:00.000</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">12,5</Data></Cell></Row>'
    )
    shelf = read("xml2003", b"  \n" + xml(table))
    assert list(shelf.rows("Ledger", range(9)).values()) == [
        ["Name", None, 7.0],
        [None, None, None],
        [date(2026, 4, 1), None, datetime.fromisoformat("2026-04-01T12:00")],
        [True, "12,5", None],
    ]
    assert shelf.findings("Ledger").merged == ((2, 0, 2, 1),)


def test_the_xml_of_2003_tells_what_values_do_not() -> None:
    table = (
        '<Column/><Column ss:Hidden="1" ss:Span="1"/><Row ss:Hidden="1"><Cell ss:StyleID="c">'
        '<Data ss:Type="Number">5</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=R1C1"/></Row>'
    )
    shelf = read("xml2003", xml(table, "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"))
    found = shelf.findings("Ledger")
    assert not shelf.sheets[0].visible
    assert found.hidden_rows == {0}
    assert found.hidden_columns == {1, 2}
    assert found.errors == {(1, 0): "#N/A"}
    assert found.uncalculated == {(1, 1)}
    assert found.signs == {0: {0: -1}}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml(""), "defines entities"),
        (xml("")[:-20], "XML is damaged"),
        (xml('<Row ss:Index="99999999"/>'), "outside what a sheet can have"),
        (xml('<Row ss:Index="1000000"><Cell ss:Index="5000"/></Row>'), "too large"),
    ],
)
def test_bad_xml_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        read("xml2003", content)
