"""Who may look at the demo gateway: anybody, whoever knows a password, or whoever holds a signed address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

REALM = "demo"
_WORD = re.compile(r'(\w+)="?([^",]*)"?')

Check = Callable[[str, Mapping[str, str]], bool]  # of a path and the query behind it


@dataclass(frozen=True)
class Login:
    """Who may look, and how a password travels: 'basic' or 'digest'."""

    user: str
    password: str = field(repr=False)
    scheme: str = "digest"


def signed_by(*keys: bytes) -> Check:
    """Return the check of addresses signed as the database signs them; one of the keys must fit."""

    def check(path: str, query: Mapping[str, str]) -> bool:
        exp, op, sig = query.get("exp", ""), query.get("op", ""), query.get("sig", "")
        if not exp.isdecimal() or int(exp) < time.time():
            return False
        message = "\n".join((path, exp, op)).encode()
        return any(
            hmac.compare_digest(hmac.new(key, message, hashlib.sha256).hexdigest(), sig) for key in keys
        )

    return check


def anybody(_path: str, _query: Mapping[str, str]) -> bool:
    """Ask for no signature."""
    return True


def nobody(_path: str, _query: Mapping[str, str]) -> bool:
    """Let nobody look: the keys are not known yet."""
    return False


def is_right(login: Login, method: str, given: str, nonce: str) -> bool:
    """Say whether an Authorization header brings the password."""
    if login.scheme == "basic":
        pair = f"{login.user}:{login.password}".encode()
        return hmac.compare_digest(given, "Basic " + base64.b64encode(pair).decode())
    words = dict(_WORD.findall(given))
    wanted = _digest(login, method, words.get("uri", ""), nonce)
    return hmac.compare_digest(words.get("response", ""), wanted)


def challenge(login: Login | None, nonce: str) -> str:
    """Return how the gateway asks for a password."""
    if login is not None and login.scheme == "digest":
        return f'Digest realm="{REALM}", nonce="{nonce}"'
    return f'Basic realm="{REALM}"'


def _digest(login: Login, method: str, uri: str, nonce: str) -> str:
    """Return the answer of RFC 2617 without quality of protection, as cameras ask for it."""
    person = _md5(f"{login.user}:{REALM}:{login.password}")
    return _md5(f"{person}:{nonce}:{_md5(f'{method}:{uri}')}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
