"""What a desk keeps of its own speed, and how doctor judges it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import speed
from db.admin import doctor
from db.speed import KEPT, Slow, Speed

QUICK = Speed({"list": [20.0] * 99 + [2500.0]})
SLOW = Speed(
    {"act": [30.0] * 9 + [3000.0] * 2},
    [Slow("act", "2026-03-04T10:00:00+08:00", {"queue": 10.0, "server": 2900.0, "gui": 90.0})],
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIANGDENG_HOME", str(tmp_path))
    return tmp_path


def test_doctor_says_that_nothing_was_measured(home: Path) -> None:
    check = doctor._speed()
    assert (check.ok, check.found) == (True, "nothing measured yet")


def test_desk_whose_actions_are_quick_keeps_the_rule(home: Path) -> None:
    speed.add(home, QUICK)
    check = doctor._speed()
    assert check.ok
    assert check.found == "95 of 100 done within: list 20 ms (100 times); the rule is 2,000 ms"


def test_slow_desk_breaks_the_rule_and_doctor_says_where_the_time_goes(home: Path) -> None:
    speed.add(home, QUICK)
    speed.add(home, SLOW)
    check = doctor._speed()
    assert not check.ok
    assert "act 3,000 ms (11 times)" in check.found
    assert "last over it act 3,000 ms at 2026-03-04T10:00:00+08:00, mostly server" in check.found
    assert "network to the server" in check.mend


def test_only_so_many_actions_are_kept_and_the_last_ones(home: Path) -> None:
    speed.add(home, Speed({"list": [1.0] * KEPT}, SLOW.slow * 90))
    speed.add(home, Speed({"list": [2.0]}, SLOW.slow * 90))
    kept = speed.read(home)
    assert (len(kept.times_ms["list"]), kept.times_ms["list"][-1]) == (KEPT, 2.0)
    assert len(kept.slow) == speed.SLOW_KEPT


PART = (
    '{"times_ms": {"act": [9]}, "slow": [{"kind": "act", "at": "2026-03-04T10:00:00+08:00", "parts_ms": %s}]}'
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"times_ms": 3, "slow": []}',
        '{"times_ms": {"a": ["x"]}, "slow": []}',
        '{"times_ms": {"a": [NaN]}, "slow": []}',
        '{"times_ms": {"a": [1%s]}, "slow": []}' % ("0" * 400),
        PART % 3,
        PART % "{}",
        PART % '{"server": "long"}',
        PART % '{"server": null}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_file_that_is_none_of_ours_is_told_and_written_anew(
    home: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    (home / speed.FILE).write_text(text)
    check = doctor._speed()
    assert not check.ok
    assert check.found.startswith(f"left aside: {home / speed.FILE} cannot be read: ")
    assert check.mend.startswith(f"delete {home / speed.FILE}")
    speed.add(home, QUICK)
    assert "left aside: " in caplog.text
    assert speed.read(home).times_ms == QUICK.times_ms
    assert doctor._speed().ok
    assert [each.name for each in home.iterdir()] == [speed.FILE]


def test_file_that_cannot_be_opened_is_told(home: Path) -> None:
    (home / speed.FILE).mkdir()
    check = doctor._speed()
    assert (check.ok, "Is a directory" in check.found) == (False, True)


def test_of_a_few_the_slowest_counts(home: Path) -> None:
    speed.add(home, Speed({"open": [50.0, 60.0, 70.0, 80.0, 90_000.0], "list": [20.0] * 95 + [9000.0] * 5}))
    assert speed.read(home).late() == ["open"]
