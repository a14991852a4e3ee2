"""Work done ahead: the next item is made in a thread while the last one is used."""

import queue
import threading
from collections.abc import Iterator
from typing import Any, TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """`items` in order, each made while the one before is in use; what is raised there is raised here."""
    box: queue.Queue[tuple[list[T], BaseException | None]] = queue.Queue(1)
    stopped = threading.Event()

    def work() -> None:
        try:
            for item in items:
                box.put(([item], None))
                if stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - calamine panics with a BaseException; it travels to the reader
            box.put(([], error))
        else:
            box.put(([], None))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while True:
            made, error = box.get()
            if error is not None:
                raise error
            if not made:
                return
            yield made[0]
            made.clear()
    finally:
        stopped.set()
        _empty(box)


def _empty(box: "queue.Queue[Any]") -> None:
    """Make room for the last thing the worker may still put in, so that it can end."""
    try:
        box.get_nowait()
    except queue.Empty:
        return
