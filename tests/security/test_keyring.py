"""The password in a real Secret Service, and on a desktop without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

needs_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="a Secret Service needs: apt-get install gnome-keyring dbus",
)

PROGRAM = """
import sys
from console.app import wallet
from console.shell.login import Credentials
typed = Credentials("127.0.0.1", 5432, "liangdeng", "ann", sys.stdin.read(), True)
before, is_kept = wallet.remembered(typed.account), wallet.remember(typed)
print(before, is_kept, wallet.remembered(typed.account) == typed.password)
"""
SECRET = "kept-Word-5x"
UNLOCKED = 'printf %s unlock | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'


def answer(command: list[str], home: Path, **more: str) -> list[str]:
    keep = ("PATH", "PYTHONPATH", "LANG", "QT_QPA_PLATFORM")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    places = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_RUNTIME_DIR": home, "LIANGDENG_HOME": home}
    done = subprocess.run(
        [*command, sys.executable, "-c", PROGRAM],
        input=SECRET,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment | {name: str(path) for name, path in places.items()} | more,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@needs_service
def test_real_secret_service_keeps_the_password_and_no_file_shows_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    session = ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh"]
    assert answer(session, tmp_path) == ["None", "True", "True"]
    assert answer(session, tmp_path) == [SECRET, "True", "True"]  # another session, another process
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not any(SECRET.encode() in content for content in written)


def test_desktop_without_a_keyring_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    without = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    assert answer([], tmp_path, **without) == ["None", "False", "False"]
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in content for content in written)
