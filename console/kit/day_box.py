"""A box for a day."""

from __future__ import annotations

from PySide6.QtWidgets import QDateEdit


class DayBox(QDateEdit):
    """A day box that steps by days, across months and out of emptiness; Qt's own does neither."""

    def stepBy(self, steps: int) -> None:
        if self.date() != self.minimumDate() and self.currentSection() != QDateEdit.Section.DaySection:
            super().stepBy(steps)
            return
        self.setDate(max(self.minimumDate(), self.date().addDays(steps)))
        self.setSelectedSection(QDateEdit.Section.DaySection)

    def stepEnabled(self) -> QDateEdit.StepEnabledFlag:
        return QDateEdit.StepEnabledFlag.StepUpEnabled | QDateEdit.StepEnabledFlag.StepDownEnabled
