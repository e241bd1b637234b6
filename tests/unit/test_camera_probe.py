"""The prober asks cameras once each, gives no password, and calls what it hears by its name."""

from __future__ import annotations

import asyncio
import itertools
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from fake_cameras import KINDS, fake_cameras

from db.admin import camera_probe
from db.admin.camera_probe import GONE_AFTER, HEADER_BYTES, Endpoint, Prober, Status, _Heard, _late, judge

PORTS = 8
OK = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"


@pytest.fixture(scope="module")
def ports() -> Iterator[list[int]]:
    with fake_cameras(PORTS) as given:
        yield given


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port where nobody listens, and nobody can begin to."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        yield plug.getsockname()[1]


def ask(*addresses: str, **limits: float) -> list[Status]:
    """Return what comes of each address, in their order."""
    endpoints = [Endpoint(str(number), address) for number, address in enumerate(addresses)]
    answers = asyncio.run(Prober(**limits).ask_all(endpoints))  # type: ignore[arg-type]
    assert len(answers) == len(endpoints)
    return [answer.status for answer in sorted(answers, key=lambda each: int(each.key))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_its_class(ports: list[int], kind: str) -> None:
    assert ask(f"rtsp://127.0.0.1:{ports[0]}/{kind}/1", timeout_s=1) == [Status(KINDS[kind][1])]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("ok", "online"), ("login", "credentials"), ("missing", "no_stream"), ("liar", "bad_answer")],
)
def test_streams_over_http_are_asked_for_their_head(ports: list[int], kind: str, status: str) -> None:
    assert ask(f"http://127.0.0.1:{ports[0]}/{kind}/1.live.flv", timeout_s=1) == [Status(status)]


def test_nobody_there(dead_port: int) -> None:
    assert ask(f"rtsp://127.0.0.1:{dead_port}/ok/1") == [Status.REFUSED]


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/x", "rtsp:///x", "rtsp://127.0.0.1:99999/x", "rtsp://a\n/x", ""]
)
def test_what_is_no_address_is_not_asked(address: str) -> None:
    assert ask(address) == [Status.UNKNOWN]


def test_credentials_in_an_address_are_never_sent(ports: list[int]) -> None:
    assert ask(f"rtsp://admin:secret@127.0.0.1:{ports[0]}/ok/1") == [Status.ONLINE]


def test_a_login_that_is_asked_for_is_not_tried() -> None:
    """One connection, one request, whatever the camera wants."""
    heard: list[bytes] = []

    async def camera(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b'RTSP/1.0 401 No\r\nCSeq: 1\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n')
        with suppress(ConnectionError):  # the prober leaves with a reset
            heard.append(await reader.read())
        writer.close()

    async def scene() -> None:
        async with await asyncio.start_server(camera, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            address = f"rtsp://admin:secret@127.0.0.1:{port}/live"
            (found,) = await Prober().ask_all([Endpoint("1", address)])
            assert found.status is Status.CREDENTIALS

    asyncio.run(scene())
    (asked,) = (words for words in heard if words)
    assert asked.startswith(b"OPTIONS ")
    assert b"secret" not in asked
    assert b"uthorization" not in asked


def test_a_dead_server_is_given_up_for_all_its_streams(ports: list[int]) -> None:
    """5,000 streams behind a gateway that hangs are not waited for one by one."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as hung:
        port = hung.getsockname()[1]
        found = ask(
            *(f"rtsp://127.0.0.1:{port}/cam/{n}" for n in range(5000)),
            *(f"rtsp://127.0.0.1:{ports[0]}/ok/{n}" for n in range(50)),
            timeout_s=1, per_server=GONE_AFTER,
        )  # fmt: skip
        hung.setblocking(False)
        asked = 0
        with suppress(BlockingIOError):
            while True:
                hung.accept()[0].close()
                asked += 1
    assert Counter(found) == {Status.TIMEOUT: 5000, Status.ONLINE: 50}
    assert asked < 2 * GONE_AFTER


def test_a_server_that_answers_at_all_is_asked_for_every_stream(ports: list[int]) -> None:
    kinds = ["ok", *["silent"] * 3 * GONE_AFTER, "ok"]
    found = ask(*(f"rtsp://127.0.0.1:{ports[1]}/{kind}/{n}" for n, kind in enumerate(kinds)), timeout_s=0.5)
    assert Counter(found) == {Status.ONLINE: 2, Status.TIMEOUT: 3 * GONE_AFTER}


def test_a_server_is_never_asked_more_than_its_share_at_once() -> None:
    most = now = 0

    async def camera(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.01)
        now -= 1
        writer.write(b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n")
        writer.close()

    async def scene() -> None:
        async with await asyncio.start_server(camera, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            found = await Prober(per_server=5).ask_all(
                Endpoint(str(n), f"rtsp://127.0.0.1:{port}/{n}") for n in range(100)
            )
            assert {each.status for each in found} == {Status.ONLINE}

    asyncio.run(scene())
    assert most == 5


@pytest.mark.parametrize(
    ("sent", "status"), [(OK, Status.ONLINE), (OK[:20], Status.BAD_ANSWER), (b"", Status.TIMEOUT)]
)
@pytest.mark.parametrize("is_read", [True, False])
def test_an_answer_that_came_while_the_asker_was_busy_counts(
    sent: bytes, status: Status, is_read: bool
) -> None:
    """It is still in the socket, or it was read for somebody who had stopped waiting."""
    camera, plug = socket.socketpair()
    with camera, plug:
        plug.setblocking(False)
        camera.sendall(sent)
        heard = _Heard()
        room = heard.room()  # held by the one who waited
        if is_read and sent:
            plug.recv_into(room)
        assert _late(plug, urlsplit("rtsp://127.0.0.1/ok/1"), heard) is status


def test_no_file_left_says_nothing_about_the_camera(
    ports: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_socket(*_: object) -> None:
        raise OSError(24, "Too many open files")

    loop = asyncio.new_event_loop()
    monkeypatch.setattr(camera_probe.socket, "socket", no_socket)
    try:
        asked = Prober().ask_all([Endpoint("1", f"rtsp://127.0.0.1:{ports[0]}/ok/1")])
        (answer,) = loop.run_until_complete(asked)
    finally:
        monkeypatch.undo()
        loop.close()
    assert answer.status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("heard", "status"),
    [
        (b"", None),
        (b"RTS", None),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n", None),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", Status.ONLINE),
        (b"RTSP/1.0 200 OK\r\ncseq:1\r\n\r\n", Status.ONLINE),
        (b"RTSP/1.0 302 Moved\r\nCSeq: 1\r\n\r\n", Status.ONLINE),
        (b"RTSP/1.0 405 Method Not Allowed\r\nCSeq: 1\r\n\r\n", Status.ONLINE),
        (b"RTSP/1.0 454 Session Not Found\r\nCSeq: 1\r\n\r\n", Status.NO_STREAM),
        (b"RTSP/1.0 2000 OK\r\nCSeq: 1\r\n\r\n", Status.BAD_ANSWER),
        (b"RTSP/1.0\r\nCSeq: 1\r\n\r\n", Status.BAD_ANSWER),
        (b"RTSP/1.0 200 OK\r\n\r\n", Status.BAD_ANSWER),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nCSeq: 2\r\n\r\n", Status.BAD_ANSWER),
        (b"SSH-2.0-dropbear\r\n", Status.BAD_ANSWER),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n" + b"a" * HEADER_BYTES, Status.BAD_ANSWER),
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nX: " + b"a" * HEADER_BYTES + b"\r\n\r\n", Status.BAD_ANSWER),
    ],
)
def test_what_an_answer_means(heard: bytes, status: Status | None) -> None:
    assert judge(heard, "rtsp") is status


def test_program_answers_line_by_line(ports: list[int], dead_port: int) -> None:
    kinds = ("ok", "login", "missing", "garbage")
    lines = [f"{kind}\trtsp://127.0.0.1:{port}/{kind}/1" for kind, port in zip(kinds, itertools.cycle(ports))]
    lines.append(f"dead\trtsp://127.0.0.1:{dead_port}/ok/1")
    done = subprocess.run(
        [sys.executable, "-m", "db.admin.camera_probe"], input="\n".join(lines) + "\n", text=True,
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    found = dict(line.split("\t")[:2] for line in done.stdout.splitlines())
    assert found == {
        "ok": "online", "login": "credentials", "missing": "no_stream", "garbage": "bad_answer",
        "dead": "refused",
    }  # fmt: skip
