"""What may be waited for in this room, and how long: the figures a dispatch desk is built for."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.meter import Budget

ACT = Budget("act", QT_TRANSLATE_NOOP("budgets", "Act"), 50)
OPEN_TICKET = Budget("open", QT_TRANSLATE_NOOP("budgets", "Open"), 40)
LIST = Budget("list", QT_TRANSLATE_NOOP("budgets", "List"), 40)
FILTER = Budget("filter", QT_TRANSLATE_NOOP("budgets", "Filter"), 40)
PAGE = Budget("page", QT_TRANSLATE_NOOP("budgets", "Page"), 40)
SEARCH = Budget("search", QT_TRANSLATE_NOOP("budgets", "Search"), 100)
