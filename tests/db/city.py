"""A city of cameras for tests: which of them answer is a table."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from hall import OPERATOR, Hall, Row
from optics import Optics

from db.admin.camera_probe import Answer, Endpoint, Status
from db.admin.camera_sweep import Swept, sweep_cameras

SOURCE = "d1_camera_health"


class City:
    """Cameras of one district, of which some answer."""

    def __init__(self, hall: Hall, connection: psycopg.Connection) -> None:
        self.hall = hall
        self.optics = Optics(hall)
        self.connection = connection
        self.status: dict[int, Status] = {}
        self.asked: list[Endpoint] = []
        hall.rows("delete from core.camera returning 1")  # the demo's

    def camera(self, **changed: object) -> int:
        made = self.optics.make(**changed)
        self.status[made] = Status.ONLINE
        return made

    def sweep(self) -> Swept:
        done = sweep_cameras(self.connection, everything=True, probe=self.probe)
        assert done is not None
        assert done.notes == []
        return done

    def probe(self, endpoints: Sequence[Endpoint], _is_stopped: object) -> list[Answer]:
        self.asked = list(endpoints)
        return [Answer(each.key, self.status[int(each.key)], 7) for each in endpoints]

    def stored(self, camera: int) -> Row:
        return self.hall.rows("select * from core.camera_status where camera_id = %s", camera)[0]

    def shown(self, camera: int, login: str = OPERATOR) -> Row:
        query = "select status, last_status, status_since, probed_at from api.cameras where id = %s"
        return self.hall.call(login, query, camera)[0]

    def pass_time(self, hours: float) -> None:
        """Let everything known about cameras be so much older."""
        for table, columns in (
            ("camera_sweep", ("started_at", "ended_at")),
            ("camera_status", ("since", "probed_at")),
            ("camera_outage", ("since", "ended_at")),
            ("camera_share", ("at",)),
        ):
            changes = ", ".join(f"{column} = {column} - make_interval(mins => %s)" for column in columns)
            self.hall.rows(
                f"update core.{table} set {changes} returning 1", *[round(hours * 60)] * len(columns)
            )

    def stay(self, *, sweeps: int = 3, hours: float = 25) -> Swept:
        """Sweep, let a day go by, and sweep so often in all."""
        for _ in range(sweeps - 1):
            self.sweep()
        self.pass_time(hours)
        return self.sweep()

    def tickets(self) -> list[Row]:
        return self.hall.rows("select * from core.ticket where source = %s order by id", SOURCE)

    def notes(self, ticket: int) -> list[str]:
        rows = self.hall.rows(
            "select payload->>'text' as text from core.event"
            " where ticket_id = %s and action = 'note' order by seq",
            ticket,
        )
        return [row["text"] for row in rows]
