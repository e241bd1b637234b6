"""One form for every action, built from what its payload needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.kit.keys import bind_key
from console.ticket.action_fields import Editor, make_editor
from console.ticket.field_words import field_word
from console.ticket.page_record import AllowedAction, Field

if TYPE_CHECKING:
    from console.app.session import Session


class Row(QWidget):
    """An editor with the place for what is wrong with it."""

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        self._problem = QLabel()
        self._problem.setProperty("look", "problem")
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(editor)
        layout.addWidget(self._problem)
        editor.changed.connect(self._on_changed)

    def set_problem(self, problem: str) -> None:
        """Say what is wrong; an empty text says that nothing is."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    @Slot()
    def _on_changed(self) -> None:
        self.set_problem("")


class ActionForm(QFrame):
    """Ask for an action's payload; a panel of the page, never a dialog.

    Signals:
        submitted(AllowedAction, dict): the payload is complete as far as the console can tell.
        edited(AllowedAction, dict): what is typed so far, for the journal.
        opened(): there is something to fill in; closed(): the operator put the form away.
    """

    submitted = Signal(object, object)
    edited = Signal(object, object)
    opened = Signal()
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._action: AllowedAction | None = None
        self._rows: dict[str, Row] = {}
        self._preset: Mapping[str, Any] = {}
        self._typed: dict[str, Mapping[str, Any]] = {}  # by action, what differs from its preset
        self._title = QLabel()
        self._title.setProperty("look", "strong")
        self._problem = QLabel()
        self._problem.setProperty("look", "problem")
        self._problem.setWordWrap(True)
        self._send = QPushButton(self.tr("Send  (Ctrl+Enter)"))
        self._send.setProperty("primary", "true")
        self._send.clicked.connect(self.submit)
        self._fields = QWidget()
        self._layout = QVBoxLayout(self)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self, keys, self.submit)
        bind_key(self, "Escape", self.put_away)
        self.hide()

    @property
    def action(self) -> AllowedAction | None:
        """The action asked for; None while the form is away."""
        return self._action

    def ask(self, action: AllowedAction, preset: Mapping[str, Any]) -> None:
        """Show the fields of an action with a draft or a suggestion, and with what was typed before."""
        self._action = action
        self._preset = preset
        known = {**preset, **self._typed.get(action.action, {})}
        self._title.setText(action_name(action, self._session.directory.language))
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        self._rows = {field.name: Row(field, make_editor(field, self._session)) for field in action.needs}
        for row in self._rows.values():
            if row.field.name in known:
                row.editor.set_value(known[row.field.name])
            row.editor.changed.connect(self._on_edited)
            form.addRow(_label(row.field), row)
        self._layout.replaceWidget(self._fields, fields)
        self._fields.deleteLater()
        self._fields = fields
        self.show_problem(None, "")
        self.set_busy(False)
        self.show()
        self.opened.emit()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor into the first field that is still empty."""
        rows = list(self._rows.values())
        target = next((row for row in rows if row.editor.value() is None), rows[0] if rows else None)
        (self._send if target is None else target.editor).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def payload(self) -> dict[str, Any]:
        """Return what is filled in."""
        values = {name: row.editor.value() for name, row in self._rows.items()}
        return {name: value for name, value in values.items() if value is not None}

    def show_problem(self, field: str | None, problem: str) -> None:
        """Show what the database refused: beside its field, or above the buttons when it has none."""
        row = self._rows.get(field) if field is not None else None
        self._problem.setText("" if row else problem)
        self._problem.setVisible(bool(problem) and row is None)
        if row is not None:
            row.set_problem(problem)
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, is_busy: bool) -> None:
        """Keep a second click away while the answer is under way."""
        self._send.setEnabled(not is_busy)

    @Slot()
    def submit(self) -> None:
        """Send when nothing required is missing; else show what is."""
        if self._action is None or not self._send.isEnabled():
            return
        wrong = [row for row in self._rows.values() if self._says_problem(row)]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_busy(True)
        self.submitted.emit(self._action, self.payload())

    def _says_problem(self, row: Row) -> bool:
        if row.editor.is_unsettled():
            row.set_problem(self.tr("Choose one of the list, or empty the field."))
        elif row.field.required and row.editor.value() is None:
            row.set_problem(self.tr("This is needed."))
        else:
            return False
        return True

    @Slot()
    def put_away(self) -> None:
        """Close; what is typed is there again when the same is asked for."""
        self._action = None
        self.hide()
        self.closed.emit()

    def forget(self) -> None:
        """Keep nothing of what was typed: it is done, or given up."""
        self._typed.clear()

    @Slot()
    def _on_edited(self) -> None:
        payload = self.payload()
        if self._action is not None:
            typed = {name: value for name, value in payload.items() if value != self._preset.get(name)}
            self._typed[self._action.action] = typed
            self.edited.emit(self._action, payload)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        hint = QLabel(self.tr("Esc puts it away and keeps what you typed"))
        hint.setProperty("look", "small")
        foot.addWidget(hint, 1)
        foot.addWidget(self._send)
        for widget in (self._title, self._fields, self._problem):
            self._layout.addWidget(widget)
        self._layout.addLayout(foot)


def action_name(action: AllowedAction, language: str) -> str:
    """Return the action's name in the operator's language."""
    return action.name_en if language == "en" else action.name_zh


def _label(field: Field) -> str:
    return f"{field_word(field.name)} *" if field.required else field_word(field.name)
