"""Fill a bench's database in a process of its own: what that takes of memory is no console's."""

import json
import sys

from console.bench.data import load
from db.admin.context import demo_password
from db.seed.loader import seed_demo


def main() -> None:
    """Seed the district and load the tickets that were wished for."""
    wish = json.load(sys.stdin)
    seed_demo(wish["dsn"], demo_password(), tickets=0)
    load(wish["dsn"], wish["history"], wish["open"])


if __name__ == "__main__":
    main()
