"""Opened files of a console that crashed do not stay on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.kit.private_folder import FOLDERS, PrivateFolder, remove_leftovers


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_leftovers_of_a_dead_console_are_removed_those_of_a_living_stay(place: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = place / f"{FOLDERS}{dead.pid}-abc"
    left.mkdir(mode=0o700)
    (left / "1.png").write_bytes(b"picture")
    strange = place / f"{FOLDERS}notes"
    strange.mkdir()
    alive = PrivateFolder()
    shown = alive.write("1.png", b"picture")
    remove_leftovers()
    assert not left.exists()
    assert strange.exists()
    assert shown.read_bytes() == b"picture"
    assert str(os.getpid()) in shown.parent.name
    alive.remove()
    assert not shown.parent.exists()
