"""What a gateway says itself about which of its cameras are online, so that nobody asks them one by one.

The form of WVP-PRO's answers is that of its published interface; it was tried against a server made after it,
and not against a real one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

log = logging.getLogger("db.camera_flags")

PAGE = 1000
PAGES = 200  # a gateway that goes on for ever is not believed
TIMEOUT_S = 10.0


class Flags(Protocol):
    """Reads the whole list once a sweep."""

    def read(self) -> Mapping[str, bool]:
        """Return whether each channel is online, by its national code. Raises FlagsMissing."""


class FlagsMissing(Exception):
    """The gateway gave no list; its cameras are asked one by one."""


class WvpFlags:
    """`/api/common/channel/list` of WVP-PRO, page by page, with its long-lived key."""

    def __init__(self, base: str, key: str) -> None:
        self._base = base
        self._key = key

    def read(self) -> dict[str, bool]:
        """Return whether each channel is online; raises FlagsMissing."""
        import httpx  # takes its time, and most sweeps need none of it

        found: dict[str, bool] = {}
        try:
            with httpx.Client(timeout=TIMEOUT_S, headers={"api-key": self._key}) as client:
                for page in range(1, PAGES + 1):
                    reply = client.get(
                        f"{self._base}/api/common/channel/list", params={"page": page, "count": PAGE}
                    )
                    rows = _rows(reply.raise_for_status().json())
                    found |= {str(row["gbDeviceId"]): str(row.get("gbStatus")) == "ON" for row in rows}
                    if len(rows) < PAGE:
                        return found
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise FlagsMissing(type(error).__name__) from error
        raise FlagsMissing("the list does not end")


def _rows(reply: Any) -> list[dict[str, Any]]:
    """Take the rows out of {"code": 0, "data": {"list": [...]}}; the wrapping may be missing."""
    if reply.get("code", 0) != 0:
        raise ValueError("refused")
    rows: list[dict[str, Any]] = reply.get("data", reply)["list"]
    return rows


FlagsOf = Callable[[str, str, str | None], Flags | None]


def flags_of(gateway: str, kind: str, base: str | None) -> Flags | None:
    """Return how a gateway may be asked; None: it cannot, or this account's keyring holds no key for it."""
    if kind != "wvp" or base is None:
        return None
    import keyring
    import keyring.errors

    try:
        kept = keyring.get_password("liangdeng", f"gateway:{gateway}")
    except keyring.errors.KeyringError:
        return None
    key = (kept or "").partition("\n")[2]
    return WvpFlags(base, key) if key else None
