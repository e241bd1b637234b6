"""Rows of small buttons with counts: one for each light, one for each state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QLayout,
    QMenu,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from console.kit.lamp import Light
from console.kit.light import paint_light
from console.kit.theme import Theme

ICON = 18
GAP = 4


class Chip(QToolButton):
    """A checkable button that carries a code, a name and a count."""

    def __init__(self, code: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._name = name
        self._count: int | None = 0
        self.setCheckable(True)
        self.setProperty("look", "chip")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(name)
        self.set_count(0)

    def rename(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.setToolTip(name)
        self.set_count(self._count)

    def set_count(self, count: int | None) -> None:
        """Show how many tickets choosing this chip would leave; None is not known."""
        self._count = count
        self.setText(self._name if count is None else f"{self._name} {count:,}")
        self.setAccessibleName(self.text())

    def minimumSizeHint(self) -> QSize:
        """Leave room for the count, if not for the name."""
        hint = self.sizeHint()
        name = 0 if self._count is None else self.fontMetrics().horizontalAdvance(f"{self._name} ")
        return QSize(hint.width() - name, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Leave the name out where there is no room: elided in the middle, a count of 522 reads 22."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        if self._count is not None and self.width() < self.sizeHint().width():
            option.text = f"{self._count:,}"
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)


class ChipRow(QWidget):
    """Chips of which any number may be chosen; none means all.

    Signals: changed() the choice changed by hand.
    """

    changed = Signal()

    def __init__(self, chips: Sequence[Chip], layout: QLayout, *, hides_empty: bool) -> None:
        super().__init__()
        self._hides_empty = hides_empty
        self.chips = {chip.code: chip for chip in chips}
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        self.setLayout(layout)
        for chip in chips:
            layout.addWidget(chip)
            chip.clicked.connect(self._on_clicked)
        self.set_counts({})

    def chosen(self) -> tuple[str, ...]:
        """Return the chosen codes."""
        return tuple(code for code, chip in self.chips.items() if chip.isChecked())

    def choose(self, codes: Iterable[str]) -> None:
        """Choose these without saying so."""
        wanted = set(codes)
        for code, chip in self.chips.items():
            chip.setChecked(code in wanted)

    def set_counts(self, counts: Mapping[str, int] | None) -> None:
        """Show the counts; chips that would show nothing step aside. None: nothing is known of them."""
        for code, chip in self.chips.items():
            if counts is None:
                chip.set_count(None)
                chip.setVisible(True)  # any of them may lead to rows
                continue
            count = counts.get(code, 0)
            chip.set_count(count)
            chip.setVisible(not self._hides_empty or count > 0 or chip.isChecked())

    @Slot()
    def _on_clicked(self) -> None:
        self.changed.emit()


class LightChip(Chip):
    """A chip that shows a light."""

    def __init__(self, light: Light, name: str, theme: Theme) -> None:
        super().__init__(light, name)
        self._light = light
        self._theme = theme
        self.setIconSize(QSize(ICON, ICON))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(ICON, ICON) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            paint_light(painter, QRect(0, 0, ICON, ICON), self._light, self._theme)
        self.setIcon(QIcon(picture))


class ChoiceMenu(QToolButton):
    """A button with a menu of checkable words; none means all.

    Signals: changed() the choice changed by hand.
    """

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._actions: dict[str, QAction] = {}
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self._show_choice()

    def set_options(self, options: Mapping[str, str]) -> None:
        """Offer these codes by their names; what was chosen stays chosen."""
        chosen = self.chosen()
        self.menu().clear()
        self._actions = {}
        for code, name in options.items():
            action = QAction(name, self.menu(), checkable=True)
            action.triggered.connect(self._on_triggered)
            self.menu().addAction(action)
            self._actions[code] = action
        self.choose(chosen)

    def chosen(self) -> tuple[str, ...]:
        """Return the chosen codes."""
        return tuple(code for code, action in self._actions.items() if action.isChecked())

    def choose(self, codes: Iterable[str]) -> None:
        """Choose these without saying so."""
        wanted = set(codes)
        for code, action in self._actions.items():
            action.setChecked(code in wanted)
        self._show_choice()

    def _show_choice(self) -> None:
        names = [action.text() for action in self._actions.values() if action.isChecked()]
        self.setText(self._title if not names else f"{self._title}: {'、'.join(names)}")
        self.setProperty("chosen", bool(names))

    @Slot()
    def _on_triggered(self) -> None:
        self._show_choice()
        self.changed.emit()
