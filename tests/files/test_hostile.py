"""Files made to break a reader: each is refused with a sentence, in no time, and never reaches the reader's core."""

import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collect.errors import InputRefused
from collect.files import limits, process
from collect.files.cells import Findings
from collect.files.readers import read
from collect.files.source import open_source
from tests.files import make
from tests.files.make import number, row

SHARED = os.environ.get("COLLECT_SHARED_DATA")
GOOD = make.parts({"Ledger": make.worksheet(row(1, number("A1", "1")))})
SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml: str | bytes) -> bytes:
    return make.packed({**GOOD, SHEET: xml})


def entity(where: str) -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return make.packed({**GOOD, where: bomb + "<x>&b;</x>"})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb of one part": (lambda: with_sheet(b" " * (2 << 20)), "unpacks to far more"),
    "two sheets of one name": (lambda: make.packed([*GOOD.items(), (SHEET, "<worksheet/>")]), "two parts of one name"),
    "name that climbs": (lambda: make.packed({**GOOD, "xl/../../../etc/passwd": "x"}), "points elsewhere"),
    "absolute name": (lambda: make.packed({**GOOD, "/etc/passwd": "x"}), "points elsewhere"),
    "drive name": (lambda: make.packed({**GOOD, "C:\\x": "x"}), "points elsewhere"),
    "entities in the sheet": (lambda: entity(SHEET), "defines entities"),
    "entities in the workbook": (lambda: entity("xl/workbook.xml"), "defines entities"),
    "entities in the relations": (lambda: entity("_rels/.rels"), "defines entities"),
    "UTF-16 to hide them": (
        lambda: make.packed({**GOOD, "xl/workbook.xml": "<!DOCTYPE x>".encode("utf-16")}),
        "not UTF-8",
    ),
    "far column": (lambda: with_sheet(make.worksheet(row(1, number("XFE1", "1")))), "outside what a sheet can have"),
    "far row": (
        lambda: with_sheet(make.worksheet(row(4294967295, number("A4294967295", "1")))),
        "outside what a sheet",
    ),
    "far corner": (
        lambda: with_sheet(make.worksheet(row(1, number("A1", "1")) + row(1048576, number("XFD1048576", "1")))),
        "too large: Ledger, 1,048,576 rows x 16,384 columns",
    ),
    "far cell in a near row": (lambda: with_sheet(make.worksheet(row(1, number("XFD99999", "1")))), "too large"),
    "relation that climbs": (
        lambda: make.packed(
            {**GOOD, "_rels/.rels": str(GOOD["_rels/.rels"]).replace("xl/workbook.xml", "../../etc/passwd")}
        ),
        "points elsewhere",
    ),
    "no such number of strings": (lambda: with_sheet(make.worksheet('<row r="1"><c r="A1" t="s"><v>7</v>')), "damaged"),
    "cut off": (lambda: make.packed(GOOD)[:-30], "cut off or damaged"),
    "half": (lambda: make.packed(GOOD)[:400], "cut off or damaged"),
    "zip of something else": (lambda: make.packed({"photo.jpg": "x"}), "a zip file, but no workbook"),
    "Word": (lambda: make.packed({"word/document.xml": "<w/>"}), "a Word document"),
    "OpenDocument text": (
        lambda: make.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "an OpenDocument file, but no spreadsheet",
    ),
    "packed by bzip2": (lambda: make.packed(GOOD, zipfile.ZIP_BZIP2), "packed in an unusual way"),
    "no sheets": (lambda: make.packed(make.parts({})), "no sheet with cells"),
    "ods password": (lambda: make.ods("", manifest="<m><encryption-data/></m>"), "this workbook has a password"),
    "ods far cell": (
        lambda: make.ods(
            '<table:table-row table:number-rows-repeated="1048575"/><table:table-row><table:table-cell '
            'table:number-columns-repeated="16383"/><table:table-cell office:value-type="float" office:value="1"/>'
            "</table:table-row>"
        ),
        "too large",
    ),
    "xlsb far cell": (lambda: make.xlsb(make.binary(0, struct.pack("<IIHBB", 4294967295, 0, 0, 0, 0))), "outside what"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_reason(content: Callable[[], bytes], reason: str) -> None:
    made = content()
    start = time.perf_counter()
    with pytest.raises(InputRefused, match=reason) as refused:
        read("zip", made)
    assert time.perf_counter() - start < 1
    assert refused.value.hint
    assert "\n" not in refused.value.message


def test_a_flipped_bit_is_found_by_its_checksum() -> None:
    content = bytearray(make.packed(GOOD))
    entry = content.rindex(SHEET.encode()) - 46
    struct.pack_into("<I", content, entry + 16, zlib.crc32(b"other"))
    with pytest.raises(InputRefused, match="damaged"):
        read("zip", bytes(content))


@pytest.mark.parametrize(("place", "spoilt"), [(24, b"\x01\0\0\0"), (42, b"\xff\xff\xff\x0f"), (42, b"\x01\0\0\0")])
def test_a_directory_that_does_not_fit_its_parts_is_refused(place: int, spoilt: bytes) -> None:
    """It states one byte for a longer part; or a part that begins beyond the file, or within another."""
    content = bytearray(make.packed(GOOD))
    entry = content.rindex(SHEET.encode()) - 46
    content[entry + place : entry + place + 4] = spoilt
    with pytest.raises(InputRefused, match="damaged"):
        read("zip", bytes(content))


def test_too_many_parts_are_refused_before_they_are_listed() -> None:
    content = make.packed({**GOOD, **{f"p{number}": "" for number in range(limits.PARTS)}})
    with pytest.raises(InputRefused, match="more than 2,000 parts"):
        read("zip", content)
    with pytest.raises(InputRefused, match="more than 2,000 parts"):
        read("zip", b"PK\x01\x02" * 5000)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", limits.MEGABYTE)
    with pytest.raises(InputRefused, match="unpacks to more than 1 MB"):
        read("zip", make.packed({**GOOD, "media.bin": os.urandom(limits.MEGABYTE)}))


def test_passwords_are_named() -> None:
    with pytest.raises(InputRefused, match="this workbook has a password"):
        read("ole", make.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))
    with pytest.raises(InputRefused, match="this workbook has a password"):
        read("ole", make.xls(b"", also=make.record(0x2F, bytes(6))))
    zipped = bytearray(make.packed(GOOD))
    zipped[zipped.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputRefused, match="this workbook has a password"):
        read("zip", bytes(zipped))


def test_other_office_files_are_named() -> None:
    with pytest.raises(InputRefused, match="a Word document"):
        read("ole", make.ole({"WordDocument": b"x"}))
    with pytest.raises(InputRefused, match="no workbook"):
        read("ole", make.ole({"Other": b"x"}))


@pytest.mark.parametrize("cut", [8, 60, 200, 600, 1500, 3000, 5000])
def test_a_cut_off_xls_is_refused(cut: int) -> None:
    with pytest.raises(InputRefused, match="damaged"):
        read("ole", make.xls(make.record(0x203, bytes(14)))[:cut])


def test_a_chain_of_sectors_in_a_circle_ends() -> None:
    content = bytearray(make.xls(b""))
    last = len(content) - 512
    content[last : last + 4] = struct.pack("<I", 0)
    with pytest.raises(InputRefused, match="damaged"):
        read("ole", bytes(content))


def test_sectors_of_another_size_than_there_are_refused() -> None:
    content = bytearray(make.xls(b""))
    content[30:32] = b"\x05\x00"
    with pytest.raises(InputRefused, match="cut off or damaged"):
        read("ole", bytes(content))


def test_a_small_stream_that_runs_out_of_its_table_is_refused() -> None:
    content = bytearray(make.ole_of_small("Workbook", bytes(200)))
    entry = content.index("Workbook".encode("utf-16-le"))
    struct.pack_into("<I", content, entry + 116, 500)
    with pytest.raises(InputRefused, match="cut off or damaged"):
        read("ole", bytes(content))


def test_an_xls_that_holds_no_records_is_refused() -> None:
    with pytest.raises(InputRefused, match="the xls workbook is damaged: it cannot be read"):
        read("ole", make.ole({"Workbook": b"nothing of the kind"}))


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "seconds", lambda _size: 0.01)
    path = tmp_path / "slow.xlsx"
    path.write_bytes(make.packed(GOOD))
    with open_source(str(path)) as source, pytest.raises(InputRefused, match="took more than 0 seconds"):
        source.top("Ledger")


def test_a_reader_that_dies_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dead.xlsx"
    path.write_bytes(make.packed(GOOD))
    with open_source(str(path)) as source:
        assert source.top("Ledger") == [[1.0]]
        shelf = source._shelf
        assert isinstance(shelf, process.RemoteShelf)
        shelf._process.kill()
        with pytest.raises(InputRefused, match="the reader gave up on it"):
            source.findings("Ledger")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with open_source(str(path)) as source, pytest.raises(InputRefused, match="the reader gave up on it"):
        source.top("Ledger")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_AS")
def test_the_reading_process_gets_no_more_memory_than_allowed() -> None:
    greedy = "from collect.files import limits; limits.confine(5); bytearray(limits.MEMORY_BYTES)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_reading_process_confines_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    limited: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limited.__setitem__)
    limits.confine(8)
    assert limited[resource.RLIMIT_CORE] == (0, 0)
    assert limited[resource.RLIMIT_FSIZE] == (0, 0)
    assert limited[resource.RLIMIT_CPU][0] == 17
    if sys.platform == "linux":
        assert limited[resource.RLIMIT_AS] == (limits.MEMORY_BYTES, limits.MEMORY_BYTES)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such figure")
def test_where_the_system_does_not_limit_memory_the_process_watches_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(limits, "MEMORY_BYTES", 1)
    monkeypatch.setattr(os, "_exit", ended.append)
    limits._watch_memory()
    assert ended == [limits.OUT_OF_MEMORY]


def test_the_limits_are_described(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "100 MB packed, 400 MB unpacked, 20,000,000 cells a sheet" in limits.described()
    monkeypatch.setattr(sys, "platform", "win32")
    assert limits.described().endswith("no limit of memory (on Windows only time and sizes are limited)")
    limits.confine(8)


def shared() -> Iterator[Path]:
    if SHARED:
        for folder in ("hostile", "ledgers", "third-party"):
            yield from sorted(path for path in (Path(SHARED) / folder).rglob("*") if path.is_file())


@pytest.mark.skipif(not SHARED, reason="COLLECT_SHARED_DATA does not name the folder with other people's files")
@pytest.mark.parametrize("path", list(shared()), ids=lambda path: path.name)
def test_other_peoples_files_open_or_are_refused(path: Path) -> None:
    hint: str | None = "it opened"
    start = time.perf_counter()
    try:
        with open_source(str(path)) as source:
            for sheet in source.sheets:
                assert len(source.top(sheet.name)) == min(60, sheet.rows)
                columns = source.columns(sheet.name, range(sheet.columns), 0)
                assert {len(column) for column in columns} <= {sheet.rows}
                assert isinstance(source.findings(sheet.name), Findings)
    except InputRefused as error:
        hint = error.hint
    assert hint
    assert time.perf_counter() - start < 10
