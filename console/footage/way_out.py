"""A file that leaves the house: in the register before it is read, whole or not there, and said when not."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from console.footage.store import FootageStore
from console.kit.notices import Notice, Severity
from db.errors import Unavailable
from db.stamp import Stamp

translate = QCoreApplication.translate


def take_out(
    store: FootageStore,
    export: Callable[[], tuple[Stamp, bytes]],
    write: Callable[[bytes, str], None],
    zone: tzinfo,
) -> None:
    """Register, read and write a file; the register hears, too, when none came of it."""
    stamp, content = export()
    try:
        write(content, stamp.text(zone))
    except BaseException:
        with suppress(Unavailable):
            store.end_export(stamp, 0)
        raise
    store.end_export(stamp)


def not_written(what: str, error: OSError) -> Notice:
    """Say that a file is not there, and what helps."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = translate(
            "footage", "{what}: the disk is full. Nothing is left there; make room and do it again."
        )
    else:
        text = translate(
            "footage", "{what}: it cannot be written there. Nothing is left; choose another place."
        )
    return Notice(Severity.REFUSED, text.format(what=what), detail=error.strerror or "")
