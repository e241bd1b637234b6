"""The last seals as a sheet to be kept away from the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from html import escape

from PySide6.QtCore import QCoreApplication

from console.evidence.store import EvidenceStore
from console.kit.printing import Sheet
from db.anchor import Anchor

translate = QCoreApplication.translate
NAME = "seals"
LINE_STYLE = "font-family:monospace; font-size:7pt; margin-top:6px"


def seal_sheet(store: EvidenceStore, anchors: Sequence[Anchor], zone: tzinfo) -> Sheet:
    """Return the sheet; its lines are those `liangdeng verify audit --against` reads."""
    begin = partial(store.begin_export, "anchors", {})
    return Sheet(NAME, seal_html(anchors), zone, begin, store.end_export)


def seal_html(anchors: Sequence[Anchor]) -> str:
    """Return the seals as text, the newest first."""
    title = translate("seals", "Seals over every ticket's history and the register")
    words = translate(
        "seals",
        "Each seal holds everything written before it. Keep this sheet away from the server: as long as the"
        " database shows the same seals, nothing sealed by them was changed or removed since."
        " “liangdeng verify audit --against FILE” compares these lines, typed into a file.",
    )
    nothing = translate("seals", "Nothing has been sealed yet; the worker seals every ten minutes.")
    lines = "".join(f'<p style="{LINE_STYLE}">{escape(anchor.line())}</p>' for anchor in anchors)
    return f"<h3>{escape(title)}</h3><p>{escape(words)}</p>{lines or f'<p>{escape(nothing)}</p>'}"
