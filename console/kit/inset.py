"""Spin boxes whose text stands where that of other fields does."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox

INSET = 6  # the padding of fields in the style sheet


def inset(box: QAbstractSpinBox) -> None:
    """Move the text in: the style sheet's padding reaches the box, but not the line inside it."""
    box.lineEdit().setTextMargins(INSET, 0, 0, 0)
