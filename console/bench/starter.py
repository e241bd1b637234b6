"""One start of the console, timed from the moment it is told: that of the command."""

import json
import sys
import time
from typing import Any


def main() -> None:
    """Open the login, then the window of a person, and print both times."""
    from console.app.ahead import go_ahead
    from console.app.heap import steady_heap

    steady_heap()
    go_ahead()
    from console.app.main import build_console
    from console.app.screen import make_app
    from console.kit.watch import PaintWatch

    wish = json.loads(sys.stdin.readline())
    born = wish["at"]
    app = make_app()
    window = build_console(wish["dsn"], app)
    window.show()
    app.processEvents()
    to_window = time.time() - born
    panel: Any = window.show_workspace("queue")  # the rest of the bench is no part of a start
    watch = PaintWatch(panel.view.viewport())
    panel.live.loaded.connect(watch.on_data)
    watch.measure(panel.refresh if panel.live.model.rowCount() else _wait)
    print(  # noqa: T201 - the answer of this process
        json.dumps({"to_window_ms": to_window * 1000, "to_queue_ms": (time.time() - born) * 1000})
    )
    window.close()


def _wait() -> None:
    """Let the first load, already under way, come in."""


if __name__ == "__main__":
    main()
