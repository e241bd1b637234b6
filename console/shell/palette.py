"""The command line (Ctrl+K): whatever has a name, found while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.kit.finding import Hit, Provider, SlowProvider
from console.kit.ime import SafeLineEdit
from console.kit.jobs import Jobs, Latest
from console.kit.theme import Theme

LIMIT = 30
Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class _HitDelegate(QStyledItemDelegate):
    """Paint the name, its detail, and on the right what kind of thing it is."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.size("row") + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(HIT_ROLE)
        area: QRect = option.rect.adjusted(12, 0, -12, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("selection"))
        metrics = painter.fontMetrics()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(area, middle | int(Qt.AlignmentFlag.AlignRight), hit.kind)
        area.setRight(area.right() - metrics.horizontalAdvance(hit.kind) - 16)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(
            area, middle, metrics.elidedText(hit.text, Qt.TextElideMode.ElideRight, area.width())
        )
        area.setLeft(area.left() + metrics.horizontalAdvance(hit.text) + 14)
        painter.setPen(self._theme.colour("faint"))
        painter.drawText(
            area, middle, metrics.elidedText(hit.detail, Qt.TextElideMode.ElideRight, area.width())
        )


class Palette(QDialog):
    """A line and a list; each provider answers by itself, the slow ones do not hold up the quick ones.

    Signals: named() the answers of the quick providers to what is typed are in the list; answered() all are.
    """

    named = Signal()
    answered = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        providers: Sequence[Provider],
        failed: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._window = parent
        self.setObjectName("palette")
        self._failed = failed
        self._askers = tuple((provider, Latest(jobs, self)) for provider in providers)
        self._found: dict[Provider, Sequence[Hit]] = {}
        self._waiting: set[Provider] = set()
        self._is_entered = False
        self.line = SafeLineEdit(self)
        self.line.setPlaceholderText(
            self.tr("Action, ticket by number or words, unit, place or view: 汉字, pinyin or initials")
        )
        self.line.textChanged.connect(self._on_text_changed)
        self.line.returnPressed.connect(self._on_return_pressed)
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setItemDelegate(_HitDelegate(theme, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._on_item_clicked)
        self._nothing = QLabel(self.tr("Nothing found."), self)
        self._nothing.setProperty("look", "muted")
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)
        self._show_hits()

    def popup(self) -> None:
        """Show it over the upper part of the window, empty."""
        frame = self._window.rect()
        self.resize(min(720, frame.width() - 80), 420)
        corner = self._window.mapToGlobal(frame.topLeft())
        self.move(corner.x() + (frame.width() - self.width()) // 2, corner.y() + 60)
        for provider, _ in self._askers:
            provider.begin()
        self.line.clear()
        self.show()
        self.line.setFocus()
        self._on_text_changed("")

    def is_settled(self) -> bool:
        """Say whether every provider has answered what is typed."""
        return not self._waiting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the arrow keys of the line to the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _LIST_KEYS
        ):
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_text_changed(self, typed: str) -> None:
        self.list.setCurrentRow(0)
        self._is_entered = False
        self._waiting = {provider for provider, _ in self._askers}
        for provider, latest in self._askers:
            found, failed = partial(self._on_found, provider), partial(self._on_find_failed, provider)
            halt = provider.halt if isinstance(provider, SlowProvider) else None
            latest.run(partial(provider.find, typed.strip()), found, failed, halt=halt)

    @Slot()
    def _on_return_pressed(self) -> None:
        """Take what is chosen, but never what an older text had found."""
        item = self.list.currentItem()
        if self._waiting:
            self._is_entered = True
        elif item is not None:
            self._on_item_clicked(item)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        hit: Hit = item.data(HIT_ROLE)
        self.hide()
        hit.run()

    def _on_found(self, provider: Provider, hits: Sequence[Hit]) -> None:
        self._found[provider] = hits
        self._waiting.discard(provider)
        if all(isinstance(each, SlowProvider) for each in self._waiting):  # the quick ones come together
            self._show_hits()
            self.named.emit()
        if not self._waiting:
            self.answered.emit()
        if self._is_entered and not self._waiting:
            self._is_entered = False
            self._on_return_pressed()

    def _on_find_failed(self, provider: Provider, error: Exception) -> None:
        self._on_found(provider, ())
        self._failed(error)

    def _show_hits(self) -> None:
        hits = sorted((hit for found in self._found.values() for hit in found), key=lambda hit: -hit.score)
        chosen = self._chosen()
        self.list.clear()
        for hit in hits[:LIMIT]:
            item = QListWidgetItem(hit.text, self.list)
            item.setData(HIT_ROLE, hit)
        names = map(_name, hits[:LIMIT])
        self.list.setCurrentRow(next((row for row, name in enumerate(names) if name == chosen), 0))
        self._nothing.setVisible(not hits and not self._waiting)

    def _chosen(self) -> tuple[str, str, str] | None:
        """Return what the arrow keys have gone to: a later answer must not move it."""
        if self.list.currentRow() <= 0:
            return None
        return _name(self.list.currentItem().data(HIT_ROLE))


def _name(hit: Hit) -> tuple[str, str, str]:
    return hit.text, hit.kind, hit.detail
