"""Drawing the areas of a clip that nobody may recognise, and looking at them all along it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from console.footage.shield_view import ShieldDialog
from console.footage.shielding import covered
from console.kit.jobs import Jobs, Latest
from console.kit.keys import bind_key

TENTHS = 10  # steps of the slider in a second


class ClipShieldDialog(ShieldDialog):
    """Shield areas of a clip; they hold from its first picture to its last.

    Signals, too: failed(Exception) a picture could not be read.
    """

    failed = Signal(object)

    def __init__(
        self,
        content: bytes,
        seconds: float,
        first: QImage,
        jobs: Jobs,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(first, title, parent, covered)
        self._content = content
        self._seconds = seconds
        self._reads = Latest(jobs, self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMaximum(int(seconds * TENTHS))
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # arrows are the areas'
        self._moment = QLabel()
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self._moment)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(2, row)
        self._hint.setText(
            self.tr(
                "Cover faces, number plates and names of firms. An area is one flat grey in every picture of "
                "the clip: make it as large as what moves behind it, and look along the clip with PgUp and "
                "PgDn, Home and End. Mouse: draw. Keys: N new area, arrows move, Shift+arrows size, Delete "
                "takes back. The copy cannot be turned back into the clip, which stays as it is."
            )
        )
        self.slider.valueChanged.connect(self._on_moved)
        for key, tenths in (("PgDown", TENTHS), ("PgUp", -TENTHS)):
            bind_key(self, key, partial(self._step, tenths))
        bind_key(self, "Home", partial(self.slider.setValue, 0))
        bind_key(self, "End", partial(self.slider.setValue, self.slider.maximum()))
        self._say_moment(0.0)

    def _step(self, tenths: int) -> None:
        self.slider.setValue(self.slider.value() + tenths)

    @Slot(int)
    def _on_moved(self, tenths: int) -> None:
        at_s = tenths / TENTHS
        self._reads.run(partial(_read, self._content, at_s), partial(self._on_read, at_s), self.failed.emit)

    def _on_read(self, at_s: float, image: QImage) -> None:
        self.canvas.show_image(image)
        self._say_moment(at_s)

    def _say_moment(self, at_s: float) -> None:
        self._moment.setText(
            self.tr("{at} of {length} s").format(at=f"{at_s:.1f}", length=f"{self._seconds:.1f}")
        )


def _read(content: bytes, at_s: float) -> QImage:
    from console.footage.clip_pictures import picture_at  # FFmpeg: a third of a second

    return picture_at(content, at_s)
