"""What a player decides: what to leave out when late, how much loss is too much, which way to go."""

from __future__ import annotations

import errno

import av.error
import pytest

from console.video.damage import WINDOW, Damage
from console.video.failure import StreamFailure, failure_of
from console.video.gate import APART_S, AT_ONCE, HELD_S, Gate
from console.video.lag import Lag, Pace
from console.video.player import Denied, Source, Trouble, redact
from console.video.way import Way
from console.wall.logins import GatewayLogin, GatewayLogins, LoginMissing

STEP_S = 0.04
ADDRESS = "rtsp://ann:geheim@10.0.0.1/a"


def run(lag: Lag, start: float, count: int, *, delay_s: float = 0.0, waited_s: float = STEP_S) -> float:
    """Let packets come every 40 ms of the stream, `delay_s` late; a key frame every 50. Return the end."""
    for number in range(count):
        at = start + number * STEP_S
        lag.note(at - 100.0, at + delay_s, waited_s=waited_s, is_key=number % 50 == 0)
    return start + count * STEP_S


def test_punctual_stream_leaves_nothing_out() -> None:
    lag = Lag()
    end = run(lag, 0.0, 200)
    assert lag.late_s == pytest.approx(0.0, abs=0.01)
    assert lag.is_shown(end)
    assert lag.is_shown(end + STEP_S)


def test_late_stream_skips_pictures_then_all_but_keys_until_a_punctual_key() -> None:
    lag = Lag()
    end = run(lag, 0.0, 50)
    lag.note(end - 100.0, end + 0.5, waited_s=STEP_S, is_key=False)
    assert lag.is_shown(end + 0.5)  # now and then one is shown
    assert not lag.is_shown(end + 0.54)
    assert not lag.is_keys_only
    lag.note(end - 100.0, end + 0.9, waited_s=STEP_S, is_key=False)
    assert lag.is_keys_only
    lag.note(end - 98.0, end + 2.0, waited_s=STEP_S, is_key=False)
    assert lag.is_keys_only  # caught up, but the decoder has no reference
    lag.note(end - 98.0, end + 2.0, waited_s=STEP_S, is_key=True)
    assert not lag.is_keys_only


def test_backlog_from_the_beginning_is_seen_by_packets_that_lie_ready() -> None:
    lag = Lag()
    run(lag, 0.0, 30, delay_s=2.0, waited_s=0.0)  # never punctual: the clocks alone see nothing
    assert lag.late_s == pytest.approx(0.0, abs=0.01)
    assert lag.is_keys_only


def test_slow_clock_of_a_camera_is_no_delay() -> None:
    lag = Lag()
    for number in range(25 * 3600):
        at = number * STEP_S
        lag.note(at * 0.9999, at, waited_s=STEP_S, is_key=False)
    assert lag.late_s < 0.1


def test_step_of_the_streams_clock_is_no_delay() -> None:
    lag = Lag()
    end = run(lag, 0.0, 50)
    lag.note(0.0, end, waited_s=STEP_S, is_key=False)
    assert lag.late_s < 0.3 or end < 10.0
    lag.note(-1000.0, end + STEP_S, waited_s=STEP_S, is_key=False)
    assert lag.late_s == pytest.approx(0.0, abs=0.01)


def test_pictures_in_lumps_are_held_back_until_due() -> None:
    pace = Pace()
    assert pace.wait_s(10.0, 100.0, waited_s=0.5) == 0.0
    assert pace.wait_s(10.04, 100.0, waited_s=0.0) == pytest.approx(0.04)
    assert pace.wait_s(900.0, 100.1, waited_s=0.0) == 0.0  # another stream, not a wait of minutes


def test_a_lumpy_stream_goes_on_in_step_after_a_pause() -> None:
    pace = Pace()
    pace.wait_s(10.0, 100.0, waited_s=0.5)
    assert pace.wait_s(10.04, 105.0, waited_s=4.9) == 0.0
    assert pace.wait_s(10.08, 105.0, waited_s=0.0) == pytest.approx(0.04)
    assert pace.late_s == 0.0


def test_a_lumpy_stream_says_when_this_desk_is_too_slow_for_it() -> None:
    pace = Pace()
    pace.wait_s(10.0, 100.0, waited_s=0.5)
    assert pace.wait_s(11.0, 104.0, waited_s=0.0) == 0.0
    assert pace.late_s == pytest.approx(3.0)


def test_loss_is_heavy_above_a_tenth() -> None:
    damage = Damage()
    for number in range(WINDOW):
        damage.note(number * STEP_S, is_corrupt=number % 20 == 0)
    assert not damage.is_heavy()
    for number in range(WINDOW, WINDOW + 12):
        damage.note(number * 2 * STEP_S, is_corrupt=False)  # every other picture is missing
    assert damage.is_heavy()


def test_gate_lets_few_through_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("console.video.gate.time.monotonic", lambda: now[0])
    monkeypatch.setattr("console.video.gate.time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    gate, entered = Gate(), []
    for _ in range(AT_ONCE + 1):
        gate.enter(lambda: False)
        entered.append(now[0] - 100.0)
    assert entered[1] == pytest.approx(APART_S, abs=0.01)
    assert entered[AT_ONCE] >= HELD_S - 0.01  # nobody left: the first one's place is free after its time
    assert gate.enter(lambda: True) == 0


def test_way_falls_back_and_goes_round() -> None:
    sources = [Source("rtsp://a/1"), Source("http://a/1.flv", "flv")]
    way = Way()
    assert way.choose(sources) is sources[0]
    way.note(StreamFailure(Trouble.UNREACHABLE))
    assert way.choose(sources) is sources[1]
    assert way.name == "http"
    way.note(StreamFailure(Trouble.SILENT))
    assert way.choose(sources) is sources[0]
    assert way.name == "tcp"
    way.note(StreamFailure(Trouble.GARBAGE, is_about_transport=True))
    assert (way.choose(sources), way.name) == (sources[0], "udp")
    assert not way.has_better  # TCP is closed
    with pytest.raises(Denied):
        way.choose([])


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (av.error.HTTPUnauthorizedError(1, "x", ADDRESS), Trouble.CREDENTIALS),
        (av.error.HTTPNotFoundError(1, "x", ADDRESS), Trouble.NO_STREAM),
        (av.error.ExitError(1, "x", ADDRESS), Trouble.SILENT),
        (av.error.InvalidDataError(1, "x", ADDRESS), Trouble.GARBAGE),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x", ADDRESS), Trouble.UNREACHABLE),
        (ConnectionResetError(errno.ECONNRESET, "x", ADDRESS), Trouble.ENDED),
    ],
)
def test_errors_fall_into_our_classes_without_the_address(error: Exception, trouble: Trouble) -> None:
    assert "geheim" in str(error)  # what must not get out
    found = failure_of(error)
    assert found.trouble is trouble
    assert "geheim" not in found.detail
    assert found.__cause__ is None


class Wallet:
    def __init__(self, *, keeps: bool) -> None:
        self.kept: dict[str, tuple[str, str]] = {}
        self._keeps = keeps

    def gateway_login(self, gateway: str) -> tuple[str, str] | None:
        return self.kept.get(gateway)

    def keep_gateway_login(self, gateway: str, user: str, password: str) -> bool:
        if self._keeps:
            self.kept[gateway] = (user, password)
        return self._keeps


def test_login_comes_from_the_keyring_or_is_asked_for() -> None:
    wallet = Wallet(keeps=True)
    logins = GatewayLogins(wallet)
    with pytest.raises(LoginMissing):
        logins.find("keyring:gw1")
    assert logins.keep("gw1", GatewayLogin("ann", "geheim"), in_keyring=True)
    assert GatewayLogins(wallet).find("keyring:gw1") == GatewayLogin("ann", "geheim")
    assert "geheim" not in repr(logins.find("keyring:gw1"))


def test_without_a_keyring_a_login_is_known_until_the_end() -> None:
    logins = GatewayLogins(Wallet(keeps=False))
    assert not logins.keep("gw1", GatewayLogin("ann", "geheim"), in_keyring=True)
    assert logins.find("keyring:gw1").user == "ann"
    logins.forget()
    with pytest.raises(LoginMissing):
        logins.find("keyring:gw1")


def test_redact_takes_out_what_is_secret() -> None:
    text = "open rtsp://ann:p%40ss@10.0.0.1/a?exp=1&sig=abc&op=ann failed, http://u:p@h/x?token=t"
    assert redact(text) == (
        "open rtsp://***@10.0.0.1/a?exp=1&sig=***&op=ann failed, http://***@h/x?token=***"
    )
