"""How a report may end at intake: buttons with keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from console.kit.keys import bind_key
from console.ticket.action_form import action_name
from console.ticket.action_keys import ACTION_KEYS, REGISTER_KEY
from console.ticket.page_record import AllowedAction

ENDINGS = (
    "dispatch",
    "answer_direct",
    "dispatch_coordinator",
    "special_report",
    "forward",
    "propose_refusal",
    "merge",
)
IN_A_ROW = 4


class EndingBar(QWidget):
    """One button per ending, and one that only registers.

    Signals:
        chosen(AllowedAction or None): an ending was chosen; None only registers.
    """

    chosen = Signal(object)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def offer(self, endings: Mapping[str, AllowedAction], language: str) -> None:
        """Show the endings this house knows."""
        for code in ENDINGS:
            if code in endings:
                self._add(action_name(endings[code], language), ACTION_KEYS[code], endings[code])
        self._add(self.tr("Only register"), REGISTER_KEY, None)

    def _add(self, text: str, key: str, ending: AllowedAction | None) -> None:
        button = QPushButton(f"{text}  {key}")
        button.setObjectName(f"end_{'register' if ending is None else ending.action}")
        if ending is not None and ending.action == ENDINGS[0]:
            button.setProperty("primary", "true")
        choose = partial(self._choose, ending)
        button.clicked.connect(choose)
        bind_key(self._panel, key, choose)
        self._layout.addWidget(button, *divmod(self._layout.count(), IN_A_ROW))

    def _choose(self, ending: AllowedAction | None, _checked: bool = False) -> None:
        self.chosen.emit(ending)
