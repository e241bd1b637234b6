"""The waker of ``bench live``, in a process of its own as in a hall."""

from __future__ import annotations

import json
import sys

from db.admin.waker import Waker


def main() -> None:
    """Wake until told to end."""
    Waker(json.loads(sys.stdin.readline())["dsn"]).run()


if __name__ == "__main__":
    main()
