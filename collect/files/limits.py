"""What a file may cost: sizes, shapes, memory and seconds; what goes beyond is refused with its figure."""

import sys
import threading
import time

MEGABYTE = 1 << 20
WORKBOOK_BYTES = 100 * MEGABYTE
"""Largest workbook as it lies on disk."""
TEXT_BYTES = 400 * MEGABYTE
"""Largest csv, HTML or XML file, and the most a workbook may unpack to."""
PARTS = 2_000
PART_RATIO = 150
"""A part of more than a megabyte may unpack to so many times its packed size; a real sheet has about 5 to 10."""
ROWS = 1_048_576
COLUMNS = 16_384
CELLS = 20_000_000
"""Rows times columns of one sheet, counted from A1 to the last cell: what a reader has to allocate."""
MEMORY_BYTES = 2048 * MEGABYTE
"""Address space of the process that reads a workbook."""
OUT_OF_MEMORY = 77
"""Exit code of a reading process that ends itself because it has outgrown MEMORY_BYTES."""


def seconds(size: int) -> float:
    """Wall-clock seconds in which a workbook of `size` bytes must be read: 8, and 3 more per megabyte."""
    return 8 + 3 * size / MEGABYTE


def described() -> str:
    """The limits in force on this machine, as one sentence for `book info`."""
    memory = f"{MEMORY_BYTES // MEGABYTE} MB of memory"
    watch = "held by the system" if sys.platform == "linux" else "watched by the process itself"
    if sys.platform == "win32":
        memory, watch = "no limit of memory", "on Windows only time and sizes are limited"
    return (
        f"workbooks are read in a process of their own: {WORKBOOK_BYTES // MEGABYTE} MB packed, "
        f"{TEXT_BYTES // MEGABYTE} MB unpacked, {CELLS:,} cells a sheet, 8 s and 3 s more per MB, {memory} ({watch})"
    )


def confine(allowed: float) -> None:
    """Bind this process: no core dump, no file written, no more memory or processor time than `allowed` s need."""
    if sys.platform == "win32":
        return
    import resource

    wanted = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        # Two threads work at once, so processor time runs twice as fast as the clock.
        (resource.RLIMIT_CPU, int(2 * allowed) + 1),
    ]
    if sys.platform == "linux":
        wanted.append((resource.RLIMIT_AS, MEMORY_BYTES))
    else:
        threading.Thread(target=_watch_memory, daemon=True).start()
    for kind, most in wanted:
        hard = resource.getrlimit(kind)[1]
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the soft limit of time a signal ends the process that tells why; at the hard one it would be killed.
        resource.setrlimit(kind, (ceiling, hard if kind == resource.RLIMIT_CPU else ceiling))


def _watch_memory() -> None:
    """End this process once it has grown too large; where the system does not (macOS ignores RLIMIT_AS)."""
    if sys.platform == "win32":
        return
    import os
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < MEMORY_BYTES:
        time.sleep(0.05)
    os._exit(OUT_OF_MEMORY)
