"""Settings: which source wins, and what happens to a bad value."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.settings import Settings, load


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk without settings: an empty home, no site file, no environment."""
    monkeypatch.setenv("LIANGDENG_HOME", str(tmp_path / "home"))
    for field in Settings.model_fields:
        monkeypatch.delenv(f"LIANGDENG_{field.upper()}", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "site.toml"


def write_user_file(site: Path, text: str) -> None:
    (site.parent / "home" / "settings.toml").write_text(text, "utf-8")


def test_load_without_any_source_gives_defaults(site: Path) -> None:
    assert load({}, site=site) == (Settings(), ())


def test_load_asks_arguments_environment_site_and_user_in_this_order(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_user_file(site, 'user = "from user"\ndatabase = "from user"\nhost = "from user"\ntheme = "dark"')
    site.write_text('user = "from site"\ndatabase = "from site"\nhost = "from site"', "utf-8")
    monkeypatch.setenv("LIANGDENG_DATABASE", "from environment")
    monkeypatch.setenv("LIANGDENG_HOST", "from environment")

    settings, problems = load({"host": "from arguments", "user": None}, site=site)

    assert problems == ()
    assert settings.host == "from arguments"
    assert settings.database == "from environment"
    assert settings.user == "from site"
    assert settings.theme == "dark"


def test_load_skips_a_bad_value_names_it_and_asks_the_next_source(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGDENG_PORT", "many")
    site.write_text("port = 70000", "utf-8")
    write_user_file(site, "port = 5544")

    settings, problems = load({"theme": "pink"}, site=site)

    assert settings.port == 5544
    assert settings.theme is None
    assert [problem.split(": ")[:2] for problem in problems] == [
        ["arguments", "theme"],
        ["environment", "port"],
        [str(site), "port"],
    ]


@pytest.mark.parametrize("dsn", ["liangdeng:hush", "postgresql://x:hush@h:abc/z", "postgresql://x:hu%zz@h/z"])
def test_server_that_is_no_address_is_told_without_its_password(site: Path, dsn: str) -> None:
    settings, problems = load({"dsn": dsn}, site=site)
    assert settings.dsn is None
    assert len(problems) == 1
    assert "no address of the form postgresql://" in problems[0]
    assert "hu" not in problems[0]


def test_load_reports_an_unknown_key(site: Path) -> None:
    write_user_file(site, "colour = 1")
    settings, problems = load({}, site=site)
    assert settings == Settings()
    assert len(problems) == 1
    assert "colour" in problems[0]


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe\x00"])
def test_load_survives_a_file_that_is_no_toml(site: Path, content: bytes) -> None:
    site.write_bytes(content)
    write_user_file(site, "port = 5544")
    settings, problems = load({}, site=site)
    assert settings.port == 5544
    assert len(problems) == 1
    assert str(site) in problems[0]
