"""Sweeps over all cameras: who asks them, where the answers go, and when the next one is due."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg

from db.admin.camera_flags import FlagsMissing, FlagsOf, flags_of
from db.admin.camera_probe import Answer, Endpoint, Status

log = logging.getLogger("db.camera_sweep")

LOOK_S = 15.0
BATCH = 1000
GLANCE_S = 0.2
PATIENCE_S = 900.0  # a prober that takes longer is broken
SERVERS_FOR_CUT_OFF = 3
NOTHING_HEARD = frozenset({Status.TIMEOUT, Status.UNKNOWN})
OPTIONS = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=60s"

IsStopped = Callable[[], bool]
Probe = Callable[[Sequence[Endpoint], IsStopped], list[Answer]]


class Stopped(Exception):
    """The sweep was given up half-way."""


class ProberFailed(Exception):
    """The program that asks ended without an answer."""


class Target(NamedTuple):
    """A camera to ask, as the database tells it."""

    camera: int
    address: str | None
    gateway: str
    kind: str
    http_base: str | None
    device: str
    channel: str


@dataclass
class Swept:
    """What sweeps came to. `offline` are those known to be down; `unknown` ones are in neither."""

    probed: int = 0
    online: int = 0
    offline: int = 0
    seconds: float = 0.0
    classes: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    repairs: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, ended: dict[str, Any]) -> None:
        """Add a district's."""
        for name in ("probed", "online", "offline", "repairs"):
            setattr(self, name, getattr(self, name) + ended[name])
        self.classes = dict(Counter(self.classes) + Counter(ended["classes"]))
        self.notes += ended["notes"]


def sweep_cameras(
    connection: psycopg.Connection[Any],
    *,
    everything: bool = False,
    is_stopped: IsStopped = lambda: False,
    probe: Probe | None = None,
    flags: FlagsOf = flags_of,
) -> Swept | None:
    """Sweep what is due, or every district now; None while another session sweeps.

    The connection must be autocommit: nothing stays locked while cameras are asked.
    """
    if not _value(connection, "select api.take_camera_sweep()"):
        return None
    done, begun = Swept(), time.monotonic()
    try:
        begun_sweeps = connection.execute(
            "select sweep from api.begin_camera_sweeps(%s)", [everything]
        ).fetchall()
        for (number,) in begun_sweeps:
            _sweep(connection, number, done, is_stopped, probe or probe_in_child, flags)
    finally:
        if not connection.closed and not connection.broken:
            _value(connection, "select api.free_camera_sweep()")
    done.seconds = round(time.monotonic() - begun, 1)
    return done


def _sweep(
    connection: psycopg.Connection[Any],
    number: int,
    done: Swept,
    is_stopped: IsStopped,
    probe: Probe,
    flags: FlagsOf,
) -> None:
    rows = connection.execute("select * from api.cameras_to_probe(%s)", [number]).fetchall()
    try:
        answers, asked = _answers([Target(*row) for row in rows], is_stopped, probe, flags)
    except (Stopped, ProberFailed):
        _value(connection, "select api.end_camera_sweep(%s, true)", number)
        raise
    is_void = is_cut_off(asked, answers)
    if is_void:
        done.notes.append(
            "nothing answered at several servers: is this machine cut off? Nothing was written."
        )
    for at in range(0, 0 if is_void else len(answers), BATCH):
        part = answers[at : at + BATCH]
        done.changed += _value(
            connection,
            "select api.note_camera_statuses(%s, %s, %s, %s)",
            number,
            [int(answer.key) for answer in part],
            [str(answer.status) for answer in part],
            [answer.ms for answer in part],
        )
    done.add(_value(connection, "select api.end_camera_sweep(%s, %s)", number, is_void))


def _answers(
    targets: Sequence[Target], is_stopped: IsStopped, probe: Probe, flags: FlagsOf
) -> tuple[list[Answer], list[Endpoint]]:
    """Ask gateways that know, and the cameras of the others; also return whom the prober was sent to."""
    told, rest = _told(targets, flags)
    endpoints = [Endpoint(str(each.camera), each.address or "") for each in rest]
    answers = probe(endpoints, is_stopped) if endpoints else []
    return sorted(told + answers, key=lambda answer: int(answer.key)), endpoints


def _told(targets: Sequence[Target], flags: FlagsOf) -> tuple[list[Answer], list[Target]]:
    known: dict[str, dict[str, bool]] = {}
    for gateway, kind, base in dict.fromkeys((each.gateway, each.kind, each.http_base) for each in targets):
        reader = flags(gateway, kind, base)
        if reader is None:
            continue
        try:
            known[gateway] = dict(reader.read())
        except FlagsMissing as error:
            log.warning("gateway %s gives no list, its cameras are asked reason=%s", gateway, error)
    answers, rest = [], []
    for each in targets:
        if each.gateway not in known:
            rest.append(each)
            continue
        is_online = known[each.gateway].get(each.channel)
        status = Status.NO_STREAM if is_online is None else Status.ONLINE if is_online else Status.TIMEOUT
        answers.append(Answer(str(each.camera), status, 0))
    return answers, rest


def is_cut_off(asked: Sequence[Endpoint], answers: Iterable[Answer]) -> bool:
    """Say whether the silence is more likely this machine's: several servers, and not even a refusal."""
    keys = {endpoint.key for endpoint in asked}
    is_silent = all(answer.status in NOTHING_HEARD for answer in answers if answer.key in keys)
    servers = {urlsplit(endpoint.address).netloc for endpoint in asked} if is_silent else set()
    return len(servers) >= SERVERS_FOR_CUT_OFF


def probe_in_child(endpoints: Sequence[Endpoint], is_stopped: IsStopped = lambda: False) -> list[Answer]:
    """Ask from a process of its own, which ends with this call; raises Stopped and ProberFailed."""
    # The child talks to cameras and needs none of the database's secrets.
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("LIANGDENG_", "PG"))
    }
    program = [sys.executable, "-m", "db.admin.camera_probe"]
    deadline = time.monotonic() + PATIENCE_S
    # From a file: what `communicate` has not written when it times out, it never writes.
    with tempfile.TemporaryFile("w+") as questions:
        questions.writelines(f"{each.key}\t{each.address}\n" for each in endpoints)
        questions.seek(0)
        with subprocess.Popen(
            program, env=environment, text=True, stdin=questions, stdout=subprocess.PIPE
        ) as child:
            while True:
                try:
                    out, _ = child.communicate(timeout=GLANCE_S)
                    break
                except subprocess.TimeoutExpired:
                    if is_stopped() or time.monotonic() > deadline:
                        child.kill()
                        raise Stopped from None
    if child.returncode != 0:
        raise ProberFailed(f"the prober ended with {child.returncode}")
    found = (line.split("\t") for line in out.splitlines())
    return [Answer(key, Status(status), int(ms)) for key, status, ms in found]


class CameraSweeper:
    """Sweep for ever what is due, beside the worker's other sweeps and never in their way."""

    def __init__(self, dsn: str, are_there: Callable[[], None] | None = None) -> None:
        self._dsn = dsn
        self._are_there = are_there  # waits until it makes sense to ask
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End `run`; a sweep in hand is given up and says nothing."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped; a lost link is made again."""
        if self._are_there is not None:
            self._are_there()
        while not self._stopped.is_set():
            try:
                with psycopg.connect(
                    self._dsn, autocommit=True, application_name="liangdeng cameras", options=OPTIONS
                ) as connection:
                    self._serve(connection)
            except psycopg.OperationalError as error:
                log.warning("link lost reason=%s", error)
                self._stopped.wait(LOOK_S)

    def _serve(self, connection: psycopg.Connection[Any]) -> None:
        while not self._stopped.is_set():
            try:
                self._report(sweep_cameras(connection, is_stopped=self._stopped.is_set))
            except Stopped:
                log.info("sweep given up")
            except ProberFailed as error:
                log.warning("sweep failed reason=%s", error)
            self._stopped.wait(LOOK_S)

    def _report(self, done: Swept | None) -> None:
        if done is None or not (done.probed or done.notes):
            return
        log.info(
            "swept probed=%d online=%d offline=%d changed=%d repairs=%d seconds=%.1f",
            done.probed, done.online, done.offline, done.changed, done.repairs, done.seconds,
        )  # fmt: skip
        for note in done.notes:
            log.warning("%s", note)


def _value(connection: psycopg.Connection[Any], query: str, *given: object) -> Any:
    row = connection.execute(query, given).fetchone()
    assert row is not None
    return row[0]
