"""Passwords in the desktop's keyring; called in a worker, for a keyring may ask its owner first."""

from __future__ import annotations

from console.shell.login import Credentials

SERVICE = "liangdeng"


def remembered(account: str) -> str | None:
    """Return the password kept for `user@host:port/database`, None without one or without a keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, account)
    except KeyringError:
        return None


def remember(credentials: Credentials) -> bool:
    """Keep the password and say whether it can be read back: some keyrings store nothing, silently."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, credentials.account, credentials.password)
        return keyring.get_password(SERVICE, credentials.account) == credentials.password
    except KeyringError:
        return False
