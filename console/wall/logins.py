"""Logins for gateways that ask for one: from the desktop's keyring, or as long as this desk runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Protocol

PREFIX = "keyring:"


@dataclass(frozen=True)
class GatewayLogin:
    """Who a gateway takes this desk for."""

    user: str
    password: str = field(repr=False)


class LoginMissing(Exception):
    """A gateway asks for a name and a password that nobody has given yet."""

    def __init__(self, gateway: str) -> None:
        super().__init__(gateway)
        self.gateway = gateway


class Wallet(Protocol):
    """The desktop's keyring; may ask its owner first, so it is called in a worker."""

    def gateway_login(self, gateway: str) -> tuple[str, str] | None:
        """Return user and password kept for a gateway."""

    def keep_gateway_login(self, gateway: str, user: str, password: str) -> bool:
        """Keep them and say whether they can be read back."""


class GatewayLogins:
    """What is known here; from any thread."""

    def __init__(self, wallet: Wallet | None = None) -> None:
        self._wallet = wallet
        self._lock = threading.Lock()
        self._known: dict[str, GatewayLogin] = {}

    def find(self, credential: str) -> GatewayLogin:
        """Return what a credential's name ('keyring:<gateway>') stands for. Raises LoginMissing."""
        gateway = credential.removeprefix(PREFIX)
        with self._lock:
            known = self._known.get(gateway)
        if known is None and self._wallet is not None:
            kept = self._wallet.gateway_login(gateway)
            known = GatewayLogin(*kept) if kept else None
        if known is None:
            raise LoginMissing(gateway)
        with self._lock:
            self._known[gateway] = known
        return known

    def keep(self, gateway: str, login: GatewayLogin, *, in_keyring: bool) -> bool:
        """Use a login from now on; says whether the keyring has it, too, where that was wished."""
        with self._lock:
            self._known[gateway] = login
        if not in_keyring or self._wallet is None:
            return not in_keyring
        return self._wallet.keep_gateway_login(gateway, login.user, login.password)

    def forget(self) -> None:
        """Forget what is known; the keyring keeps its own."""
        with self._lock:
            self._known.clear()
