"""Drawing the areas that nobody may recognise, by mouse or by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.footage.shielding import ELLIPSE, FREEHAND, RECTANGLE, Region, clamped, shielded
from console.kit.keys import bind_key

STEP = 8.0  # pixels of the picture an arrow key moves or grows by
START = 0.2  # of the picture: an area begun by keys
DIALOG = (1100, 760)

Shield = Callable[[QImage, Sequence[Region]], QImage]  # returns a copy in which the areas are shielded


class ShieldCanvas(QWidget):
    """A picture with areas on it.

    The mouse draws; N begins an area by keys, arrows move it, Shift and arrows change its size, Delete takes
    the last one back. Signals: changed().
    """

    changed = Signal()

    def __init__(self, image: QImage, shield: Shield = shielded, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = image
        self._shield = shield
        self.kind = RECTANGLE
        self.regions: list[Region] = []
        self._drawn: list[tuple[float, float]] = []
        self._shown = image
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 270)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_image(self, image: QImage) -> None:
        """Show the same areas on another picture of the same size."""
        self.image = image
        self._refresh()

    def add(self, region: Region) -> None:
        """Shield one area more."""
        if region.covers_something():
            self.regions.append(region)
            self._refresh()

    def new_by_keys(self) -> None:
        """Begin an area in the middle."""
        centre, size = QRectF(self.image.rect()).center(), self.image.width() * START / 2
        corners = (centre - QPointF(size, size), centre + QPointF(size, size))
        kind = RECTANGLE if self.kind == FREEHAND else self.kind
        self.add(Region(kind, tuple(clamped(corner, self.image.rect()) for corner in corners)))

    def take_back(self) -> None:
        """Forget the last area."""
        if self.regions:
            self.regions.pop()
            self._refresh()

    def picture(self) -> QImage:
        """Return the picture as it would be kept."""
        return self._shown

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            place = self._place()
            painter.drawImage(place, self._shown)
            painter.translate(place.topLeft())
            painter.scale(place.width() / self.image.width(), place.height() / self.image.height())
            for colour, style in (
                (QColor("white"), Qt.PenStyle.SolidLine),
                (QColor("black"), Qt.PenStyle.DashLine),
            ):
                pen = QPen(colour, 2, style)
                pen.setCosmetic(True)
                painter.setPen(pen)
                for region in self.regions:
                    painter.drawPath(region.path())
                if len(self._drawn) > 1:
                    painter.drawPath(self._being_drawn().path())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drawn = [self._at(event)]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn:
            self._drawn = (
                [*self._drawn, self._at(event)]
                if self.kind == FREEHAND
                else [self._drawn[0], self._at(event)]
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._drawn:
            self.mouseMoveEvent(event)
            region, self._drawn = self._being_drawn(), []
            self.add(region)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-STEP, 0.0),
            Qt.Key.Key_Right: (STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -STEP),
            Qt.Key.Key_Down: (0.0, STEP),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is not None and self.regions:
            self._move(*move, grows=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_N:
            self.new_by_keys()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _move(self, right: float, down: float, *, grows: bool) -> None:
        region = self.regions[-1]
        first = 1 if grows and region.kind != FREEHAND else 0  # the second corner alone
        points = [
            clamped(QPointF(x + right, y + down), self.image.rect()) if place >= first else (x, y)
            for place, (x, y) in enumerate(region.points)
        ]
        moved = Region(region.kind, tuple(points))
        if moved.covers_something():
            self.regions[-1] = moved
            self._refresh()

    def _being_drawn(self) -> Region:
        return Region(self.kind, tuple(self._drawn))

    def _at(self, event: QMouseEvent) -> tuple[float, float]:
        place = self._place()
        scale = self.image.width() / place.width()
        return clamped((event.position() - place.topLeft()) * scale, self.image.rect())

    def _place(self) -> QRectF:
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _refresh(self) -> None:
        self._shown = self._shield(self.image, self.regions)
        self.update()
        self.changed.emit()


class ShieldDialog(QDialog):
    """Shield areas of one picture, and keep the copy.

    Signals: chosen(list of Region).
    """

    chosen = Signal(object)

    def __init__(
        self, image: QImage, title: str, parent: QWidget | None = None, shield: Shield = shielded
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*DIALOG)
        self.canvas = ShieldCanvas(image, shield)
        self.keep = QPushButton(self.tr("Keep the shielded copy  [Ctrl+Enter]"))
        self.keep.setProperty("primary", "true")
        self._kinds = QButtonGroup(self)
        self._count = QLabel()
        self._count.setProperty("look", "muted")
        self._lay_out()
        self.canvas.changed.connect(self._on_changed)
        self.keep.clicked.connect(self._on_keep)
        bind_key(self, "Ctrl+Return", self._on_keep)
        self._on_changed()
        self.canvas.setFocus()

    def _lay_out(self) -> None:
        self._hint = QLabel(
            self.tr(
                "Cover faces, number plates and names of firms. Mouse: draw. Keys: N new area, arrows move, "
                "Shift+arrows size, Delete takes back. The copy cannot be turned back into the picture."
            )
        )
        self._hint.setWordWrap(True)
        tools = QHBoxLayout()
        kinds = ((RECTANGLE, self.tr("▭ Rectangle [R]")), (ELLIPSE, self.tr("◯ Ellipse [E]")))
        for number, (kind, text) in enumerate((*kinds, (FREEHAND, self.tr("✎ By hand [H]")))):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setShortcut("REH"[number])
            button.setProperty("kind", kind)
            self._kinds.addButton(button)
            tools.addWidget(button)
        self._kinds.buttonClicked.connect(self._on_kind)
        tools.addStretch()
        tools.addWidget(self._count)
        cancel = QPushButton(self.tr("Cancel  [Esc]"))
        cancel.setAutoDefault(False)
        self.keep.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        tools.addWidget(cancel)
        tools.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.addWidget(self._hint)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(tools)

    @Slot(QToolButton)
    def _on_kind(self, button: QToolButton) -> None:
        self.canvas.kind = button.property("kind")
        self.canvas.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        count = len(self.canvas.regions)
        self.keep.setEnabled(count > 0)
        self._count.setText(self.tr("{n} areas shielded").format(n=count))

    @Slot()
    def _on_keep(self) -> None:
        if self.canvas.regions:
            self.chosen.emit(list(self.canvas.regions))
            self.accept()
