"""pyqtgraph without what nobody uses of it.

At its import it copies every name of three Qt modules into mirrors of its own, and PySide makes each class
when it is first named: 8 MB and a twentieth of a second on the GUI thread. The mirrors here say that they
have the name, and take it when it is used. Should pyqtgraph fill its mirrors in another way, it does so
as before.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtWidgets

COPIES = "_copy_attrs"  # the function of pyqtgraph.Qt that asks for all names


class _Mirror(ModuleType):
    """Shows a module's names without touching them."""

    def __init__(self, name: str, shown: ModuleType) -> None:
        super().__init__(name)
        self._shown = shown

    def __getattr__(self, name: str) -> Any:
        if sys._getframe(1).f_code.co_name == COPIES:  # noqa: SLF001 - who asks is the only difference
            return None
        value = getattr(self._shown, name)
        setattr(self, name, value)
        return value


for _module in (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets):
    _name = _module.__name__.replace("PySide6", "pyqtgraph.Qt")
    sys.modules.setdefault(_name, _Mirror(_name, _module))

import pyqtgraph as pg  # noqa: E402 - behind its mirrors

__all__ = ["pg"]
