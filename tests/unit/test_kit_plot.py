"""Charts come without the Qt classes nobody uses."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from console.kit.plot import pg
mirrors = [vars(sys.modules[f"pyqtgraph.Qt.{name}"]) for name in ("QtCore", "QtGui", "QtWidgets")]
print(sum(isinstance(each, type) for mirror in mirrors for each in mirror.values()))
print(pg.Qt.QtWidgets.QTreeView.__name__, hasattr(pg.Qt.QtCore, "QNothing"))
"""


def test_only_what_charts_use_of_qt_is_made() -> None:
    """All of the three modules are more than a thousand classes."""
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    made, name, has_nothing = told.stdout.split()
    assert 50 < int(made) < 300
    assert (name, has_nothing) == ("QTreeView", "False")
