"""A read-only rich text in the theme's colours; sheets, timelines and cards are such texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from console.kit.theme import Theme, leave_viewport

STYLE = """
p { margin: 2px 0; } .h { font-size: %(small)spx; color: %(accent)s; font-weight: 600; margin: 12px 0 3px 0; }
td, th { padding: 1px 10px 1px 0; } th { color: %(muted)s; font-weight: normal; text-align: left; }
a { color: %(accent)s; text-decoration: none; }
.m { color: %(muted)s; } .f { color: %(faint)s; } .b { font-weight: 600; } .r { color: %(light_r)s; }
.g { color: %(done)s; } .n { white-space: nowrap; }
"""
COLOURS = ("muted", "faint", "accent", "light_r", "done")


class HtmlView(QTextBrowser):
    """Show HTML; links are reported by `anchorClicked`, never followed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._html = ""
        self._rest: Callable[[], str] | None = None
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._on_theme_changed)
        self._restyle()

    def show_html(self, body: str, rest: Callable[[], str] | None = None) -> None:
        """Show another text, keeping the place where the reader is; equal texts are silent.

        Where nothing was shown before, what `rest` returns follows when the beginning has been painted;
        the beginning fills the view.
        """
        self._rest = rest
        if rest is not None:  # known to be long: it is not laid out without a scroll bar first
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        if rest is not None and self._html:
            body, self._rest = body + rest(), None
        if body == self._html:
            return
        self._html = body
        place = self.verticalScrollBar().value()
        self.setHtml(body)
        self.verticalScrollBar().setValue(place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        leave_viewport(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the rest of a text come after its beginning."""
        super().paintEvent(event)
        if self._rest is not None:
            QTimer.singleShot(0, self, self._go_on)

    @Slot()
    def _go_on(self) -> None:
        rest = self._rest
        if rest is not None:
            self.show_html(self._html + rest())

    @Slot()
    def _on_theme_changed(self) -> None:
        self._restyle()
        self.setHtml(self._html)
        leave_viewport(self)

    def _restyle(self) -> None:
        values: dict[str, object] = {token: self._theme.colour(token).name() for token in COLOURS}
        self.document().setDefaultStyleSheet(STYLE % (values | {"small": self._theme.size("small")}))


def heading(text: str) -> str:
    """Return the small title of a section."""
    return f'<p class="h">{escape(text)}</p>'


def cell(text: str, look: str = "") -> str:
    """Return a table cell of plain text."""
    shown = escape(text) or "&nbsp;"  # behind an empty last cell Qt forgets the margin of what follows
    return f'<td class="{look}">{shown}</td>' if look else f"<td>{shown}</td>"


def link(target: str, text: str) -> str:
    """Return a link the page acts on."""
    return f'<a href="{escape(target)}">{escape(text)}</a>'


def table(rows: Iterable[str], head: Iterable[str] = ()) -> str:
    """Return a table from the insides of its rows."""
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table cellspacing="0">{f"<tr>{titles}</tr>" if titles else ""}{body}</table>'


def paragraphs(text: str) -> str:
    """Return plain text with its line breaks."""
    return "".join(f"<p>{escape(line) or '&nbsp;'}</p>" for line in text.splitlines())
