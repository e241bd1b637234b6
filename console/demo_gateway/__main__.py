"""`python -m console.demo_gateway` serves as a child of another program.

It reads a line of JSON {"folder", "port", "cache", "nice"}, prints {"port", "started"}, reads
{"keys": [hex, …]} (none: no signature is asked for), and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from console.demo_gateway.gateway import Gateway
from console.demo_gateway.login import anybody, nobody, signed_by


def main() -> None:
    """Serve until the standard input ends."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    wish = json.loads(sys.stdin.readline())
    if wish.get("nice") and sys.platform != "win32":
        os.nice(wish["nice"])
    gateway = Gateway(Path(wish["folder"]), check=nobody, has_cache=wish.get("cache", True))
    asyncio.run(_serve(gateway, wish.get("port", 0)))
    del application


async def _serve(gateway: Gateway, port: int) -> None:
    await gateway.open(port)
    print(json.dumps({"port": gateway.port, "started": gateway.started}), flush=True)  # noqa: T201 - the answer
    words = await asyncio.to_thread(sys.stdin.readline)
    if words:
        keys = [bytes.fromhex(key) for key in json.loads(words)["keys"]]
        gateway.check = signed_by(*keys) if keys else anybody
        warming = asyncio.create_task(gateway.warm())
        await asyncio.to_thread(sys.stdin.read)
        warming.cancel()
    await gateway.close()


main()
