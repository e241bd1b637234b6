"""The demo gateway: it ends without a socket left open."""

from __future__ import annotations

import asyncio
import gc
import socket
from pathlib import Path

from console.demo_gateway.gateway import Gateway, GatewayThread
from console.demo_gateway.viewer import HOST


def test_gateway_that_ends_while_players_come_leaves_nothing_open(tmp_path: Path) -> None:
    # An open socket is a ResourceWarning, an error here.
    thread = GatewayThread(Gateway(tmp_path))
    with thread as gateway:
        players = thread.run(come_and_end(gateway))
    for player in players:
        player.close()
    gc.collect()


async def come_and_end(gateway: Gateway) -> list[socket.socket]:
    """Connect, and end the gateway between the turn that accepts and the one that takes up."""
    players = [socket.create_connection((HOST, gateway.port)) for _ in range(50)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await gateway.close(abruptly=True)
    return players
