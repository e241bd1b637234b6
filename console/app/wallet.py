"""Passwords in the desktop's keyring; called in a worker, for a keyring may ask its owner first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.shell.login import Credentials

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "liangdeng"
OF_THE_SYSTEM = 1  # the library's number for what it recommends; keyrings that write a file have less


def remembered(account: str) -> str | None:
    """Return the password kept for `user@host:port/database`, None without one or without a keyring."""
    from keyring.errors import KeyringError

    keyring = _keyring()
    try:
        return keyring.get_password(SERVICE, account) if keyring is not None else None
    except KeyringError:
        return None


def remember(credentials: Credentials) -> bool:
    """Keep the password and say whether it can be read back: some keyrings store nothing, silently."""
    return _kept(credentials.account, credentials.password)


def gateway_login(gateway: str) -> tuple[str, str] | None:
    """Return user and password kept for a media gateway, None without them or without a keyring."""
    kept = remembered(f"gateway:{gateway}")
    if kept is None:
        return None
    user, _, password = kept.partition("\n")
    return user, password


def keep_gateway_login(gateway: str, user: str, password: str) -> bool:
    """Keep them and say whether they can be read back."""
    return _kept(f"gateway:{gateway}", f"{user}\n{password}")


def _kept(account: str, secret: str) -> bool:
    from keyring.errors import KeyringError

    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, account, secret)
        return keyring.get_password(SERVICE, account) == secret
    except KeyringError:
        return False


def _keyring() -> KeyringBackend | None:
    """Return the desktop's own keyring; never one that writes a file, whoever installed or named it."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    members = chosen.backends if isinstance(chosen, ChainerBackend) else (chosen,)
    return next((each for each in members if each.priority >= OF_THE_SYSTEM), None)
