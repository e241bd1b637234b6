"""Steering over WVP's interface and over ONVIF: what is said, and what a refusal is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fake_ptz import KEY, PASSWORD, USER, FakePtz, fake_ptz

from console.wall.ptz_link import Control, Move, Preset, PtzFailed, PtzLink, PtzTrouble, hang_up, link_to
from db.admin.camera_flags import FlagsMissing, WvpFlags


@pytest.fixture
def fake() -> Iterator[FakePtz]:
    with fake_ptz() as made:
        yield made


def control_of(fake: FakePtz, kind: str) -> Control:
    return Control(kind, fake.base, "d/1", "1", USER, KEY if kind == "wvp" else PASSWORD)


def trouble(link: PtzLink, move: Move) -> PtzTrouble:
    with pytest.raises(PtzFailed) as failure:
        link.move(move)
    assert "word" not in str(failure.value)
    return failure.value.trouble


@pytest.mark.parametrize(
    ("move", "command", "speeds"),
    [
        (Move(pan=100), "right", ("255", "0", "0")),
        (Move(pan=-40, tilt=20), "upleft", ("102", "51", "0")),
        (Move(tilt=-100), "down", ("0", "255", "0")),
        (Move(pan=5, tilt=-5), "downright", ("13", "13", "0")),
        (Move(zoom=100), "zoomin", ("0", "0", "15")),
        (Move(zoom=-50), "zoomout", ("0", "0", "8")),
        (Move(), "stop", ("0", "0", "0")),
    ],
)
def test_wvp_moves(fake: FakePtz, move: Move, command: str, speeds: tuple[str, ...]) -> None:
    link = link_to(control_of(fake, "wvp"))
    link.move(move)
    link.close()
    ((path, given),) = fake.heard
    assert path == "ptz/d%2F1/1"
    assert given["command"] == command
    assert (given["horizonSpeed"], given["verticalSpeed"], given["zoomSpeed"]) == speeds


def test_wvp_presets(fake: FakePtz) -> None:
    link = link_to(control_of(fake, "wvp"))
    assert link.presets() == (Preset("1", "路口东"), Preset("2", "2"))
    link.go(Preset("2", "2"))
    hang_up(link)
    assert fake.heard[1] == ("preset/call/d%2F1/1", {"presetId": "2"})
    assert fake.heard[2][1]["command"] == "stop"


def test_onvif_moves_stops_and_goes(fake: FakePtz) -> None:
    link = link_to(control_of(fake, "onvif"))
    link.move(Move(pan=50, tilt=-100, zoom=10))
    link.stop()
    assert link.presets() == (Preset("7", "校门口"),)
    link.go(Preset("7", "校门口"))
    hang_up(link)
    assert fake.said() == ["ContinuousMove", "Stop", "GotoPreset", "Stop"]
    moved, goes = fake.heard[0][1], fake.heard[2][1]
    assert (float(moved["pan"]), float(moved["y"]), float(moved["zoom"])) == (0.5, -1.0, 0.1)
    assert moved["profile"] == "main"
    assert goes["preset"] == "7"


@pytest.mark.parametrize(("channel", "profile"), [("2", "second"), ("second", "second"), ("", "main")])
def test_onvif_profile_is_named_or_counted(fake: FakePtz, channel: str, profile: str) -> None:
    link = link_to(replace(control_of(fake, "onvif"), channel=channel))
    link.stop()
    link.close()
    assert fake.heard[0][1]["profile"] == profile


def test_onvif_channel_that_is_not_there_is_refused(fake: FakePtz) -> None:
    link = link_to(replace(control_of(fake, "onvif"), channel="9"))
    assert trouble(link, Move(pan=1)) is PtzTrouble.REFUSED
    link.close()


@pytest.mark.parametrize("kind", ["wvp", "onvif"])
def test_a_wrong_password_is_not_tried_again(fake: FakePtz, kind: str) -> None:
    link = link_to(replace(control_of(fake, kind), password="wrong-word"))
    assert trouble(link, Move(pan=1)) is PtzTrouble.CREDENTIALS
    tried = fake.logins
    assert tried <= (1 if kind == "wvp" else 3)
    assert fake.clear_logins == 0
    assert trouble(link, Move(pan=1)) is PtzTrouble.CREDENTIALS
    hang_up(link)
    assert fake.logins == tried
    assert fake.heard == []


@pytest.mark.parametrize("kind", ["wvp", "onvif"])
def test_nobody_there(kind: str) -> None:
    link = link_to(Control(kind, "http://127.0.0.1:9", "d", "1", USER, PASSWORD))
    assert trouble(link, Move(pan=1)) is PtzTrouble.UNREACHABLE
    link.close()


def test_wvp_that_says_no(fake: FakePtz) -> None:
    fake.refuses = True
    link = link_to(control_of(fake, "wvp"))
    assert trouble(link, Move(pan=1)) is PtzTrouble.REFUSED
    link.close()


def test_password_is_in_no_text() -> None:
    assert "camera-word" not in repr(Control("onvif", "http://h", "d", "c", USER, PASSWORD))


def test_wvp_lists_who_is_online(fake: FakePtz) -> None:
    flags = WvpFlags(fake.base, KEY).read()
    assert len(flags) == 1300
    assert flags[f"{1:020d}"] is True
    assert flags[f"{1300:020d}"] is False
    assert fake.logins == 2
    with pytest.raises(FlagsMissing):
        WvpFlags(fake.base, "wrong").read()
    with pytest.raises(FlagsMissing):
        WvpFlags("http://127.0.0.1:9", KEY).read()
