"""Log files of this desk: event names with key=value, no personal data."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from console.kit.trace import PrivateFormatter

SIZE = 2_000_000
FILES = 5


def start_logging(folder: Path) -> None:
    """Write to `folder`/console.log, five files of two megabytes."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "console.log", maxBytes=SIZE, backupCount=FILES, encoding="utf-8")
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in ("console", "db"):
        root = logging.getLogger(name)
        root.setLevel(logging.INFO)
        root.addHandler(handler)
