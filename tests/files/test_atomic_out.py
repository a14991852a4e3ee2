"""A file we write is there whole or not at all, and nobody else can read it."""

import errno
import io
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collect.errors import DiskTrouble
from collect.files.atomic import replacing
from collect.screen import Screen
from collect.views.sheet import Column, Sheet
from tests.sheets_to_show import TODAY, aging

needs_posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and limits of POSIX")


def write(path: Path) -> None:
    Screen(stdout=io.StringIO(), stderr=io.StringIO(), environ={}).show(aging(), output=str(path), today=TODAY)


@needs_posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("name", ["aged.xlsx", "aged.csv", "aged.json"])
def test_only_the_owner_can_read_what_is_written(tmp_path: Path, umask: int, name: str) -> None:
    path = tmp_path / name
    path.touch(0o644)
    before = os.umask(umask)
    try:
        write(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["aged.xlsx", "aged.csv", "aged.json"])
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path, name: str) -> None:
    def rows() -> Iterator[tuple[str]]:
        yield from (("A",) for _ in range(6000))
        raise RuntimeError

    path = tmp_path / name
    path.write_text("old")
    sheet = Sheet("names", "Names", (Column("name", "Name"),), rows())
    with pytest.raises(RuntimeError):
        Screen(stdout=io.StringIO(), stderr=io.StringIO(), environ={}).show(sheet, output=str(path), today=TODAY)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "precious.csv"
    target.write_text("old")
    for link, aim in (("link.csv", target), ("dangling.csv", tmp_path / "nowhere.csv")):
        (tmp_path / link).symlink_to(aim)
        with pytest.raises(DiskTrouble, match="symbolic link") as caught:
            write(tmp_path / link)
        assert caught.value.exit_code == 8
        assert caught.value.hint == "name the file that it points to"
    assert target.read_text() == "old"
    assert not (tmp_path / "nowhere.csv").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DiskTrouble, match="not an ordinary file"):
        write(tmp_path / "folder.csv")
    with pytest.raises(DiskTrouble, match="no such file or directory") as caught:
        write(tmp_path / "none" / "aged.csv")
    assert caught.value.hint == "make the folder first"
    (tmp_path / "file").touch()
    with pytest.raises(DiskTrouble, match="not a directory"):
        write(tmp_path / "file" / "aged.csv")
    with pytest.raises(DiskTrouble, match="file name too long"):
        write(tmp_path / f"{'x' * 300}.csv")


def test_no_permission_has_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DiskTrouble, match="cannot write \\(permission denied\\)") as caught, replacing(tmp_path / "x"):
        pass
    assert caught.value.hint == "check that you may write there, or name another folder"


@needs_posix
@pytest.mark.parametrize("name", ["aged.xlsx", "aged.csv", "aged.json"])
def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    """A limit on file sizes stands for the full disk."""
    path = tmp_path / name
    path.write_text("old")
    program = (
        "import io, resource, sys\n"
        "from collect.errors import DiskTrouble\n"
        "from collect.screen import Screen\n"
        "from tests.sheets_to_show import TODAY, aging\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "try:\n"
        "    Screen(stdout=sys.stdout, stderr=sys.stderr).show(aging(), output=sys.argv[1], today=TODAY)\n"
        "except DiskTrouble as error:\n"
        "    sys.exit(error.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 8, done.stderr
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_a_killed_export_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    program = (
        "import sys\n"
        "from collect.files.atomic import replacing\n"
        "from pathlib import Path\n"
        "print('ready', flush=True)\n"
        "for number in range(10**6):\n"
        "    with replacing(Path(sys.argv[1])) as file:\n"
        "        for _ in range(40):\n"
        "            file.write(b'%06d\\n' % number)\n"
    )
    path.write_text("000000\n" * 40)
    for kill in range(8):
        with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.003 * kill)
            child.send_signal(signal.SIGKILL)
        lines = path.read_text().splitlines()
        assert len(lines) == 40
        assert len(set(lines)) == 1
