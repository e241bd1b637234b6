"""Consoles in processes of their own, as a test orders them about."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("desk_program.py")


class DeskProcess:
    """One console; `order` waits for its answer."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self._errors = (folder / "errors").open("a+")
        self._process = subprocess.Popen(
            [sys.executable, PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        # By standard input: the DSN carries a password.
        self.start({"dsn": dsn, "folder": str(folder)})
        assert self.read() == "open"

    def order(self, order: str, **values: Any) -> Any:
        """Give an order and return its answer."""
        self.start({"order": order, **values})
        return self.read()["done"]

    def start(self, order: dict[str, Any]) -> None:
        """Give an order and go on."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def read(self) -> Any:
        """Return the next line said."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._errors.seek(0)
            raise AssertionError(self._errors.read())
        return json.loads(line)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._end()

    def close(self) -> None:
        """Close its window and wait."""
        if self._process.poll() is None:
            self._process.communicate(timeout=30)
        self._end()

    def _end(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe is not None and not pipe.closed:
                pipe.close()
