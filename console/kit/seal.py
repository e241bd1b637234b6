"""What lies on this desk's disk is sealed with the key the server holds for its person."""

from __future__ import annotations

import base64
import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.fernet import Fernet, InvalidToken

CHUNK = 1 << 20
LENGTH = struct.Struct(">I")


class Unreadable(Exception):
    """Sealed with another key, changed, or cut off."""


class Seal:
    """Encrypts and authenticates; `secret` is 32 bytes, `api.journal_key()`."""

    def __init__(self, secret: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(secret))

    def close(self, content: bytes) -> bytes:
        """Return what may lie on a disk."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """Return the content; raises `Unreadable`."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise Unreadable from error


class SealedWriter:
    """A file that is only appended to: each write is on its way to the disk when it returns.

    It is a row of chunks: four bytes of length (big-endian), then a seal around name, number and content.
    `close` writes a last one that says how many there were. `name` is what the file will be read as. Not for
    two threads at a time. Raises OSError as a file does.
    """

    def __init__(self, path: Path, seal: Seal, name: str = "") -> None:
        self._seal = seal
        self._name = name or path.name
        self._number = 0
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600), "wb", 0)

    def write(self, content: bytes) -> int:
        """Append a chunk."""
        self._append(_head(self._name, self._number) + bytes(content))
        self._number += 1
        return len(content)

    def close(self) -> None:
        """Say that nothing follows; more than once does no harm."""
        if not self._file.closed:
            with self._file:
                self._append(_end(self._name, self._number))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()  # what is half written has no end

    def _append(self, content: bytes) -> None:
        sealed = self._seal.close(content)
        left = memoryview(LENGTH.pack(len(sealed)) + sealed)
        while left:
            left = left[self._file.write(left) or 0 :]


def write_sealed(path: Path, seal: Seal, content: bytes) -> None:
    """Write a file; it takes its name when it is whole."""
    partial = path.with_name(f".{path.name}")
    try:
        with SealedWriter(partial, seal, path.name) as file:
            view = memoryview(content)
            for begin in range(0, len(view), CHUNK):
                file.write(view[begin : begin + CHUNK].tobytes())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_sealed(path: Path, seal: Seal) -> bytes:
    """Return the content of a whole file; raises `Unreadable`, OSError."""
    with path.open("rb") as file:
        chunks = _Chunks(file, seal, path.name)
        content = b"".join(chunks)
    if not chunks.has_ended:
        raise Unreadable
    return content


def read_begun(path: Path, seal: Seal) -> io.BytesIO:
    """Return what a file holds up to its last whole chunk; empty when there is none."""
    content = io.BytesIO()
    with path.open("rb") as file:
        content.writelines(_Chunks(file, seal, path.name))
    content.seek(0)
    return content


class _Chunks:
    """The contents in order, up to the end, the cut, or what was not written here."""

    def __init__(self, file: BinaryIO, seal: Seal, name: str) -> None:
        self._file = file
        self._seal = seal
        self._name = name
        self.has_ended = False

    def __iter__(self) -> Iterator[bytes]:
        number = 0
        while (plain := self._next()) is not None:
            head = _head(self._name, number)
            if not plain.startswith(head):
                self.has_ended = plain == _end(self._name, number)
                return
            yield plain[len(head) :]
            number += 1

    def _next(self) -> bytes | None:
        length = self._file.read(LENGTH.size)
        if len(length) < LENGTH.size:
            return None
        try:
            return self._seal.open(self._file.read(LENGTH.unpack(length)[0]))
        except Unreadable:
            return None


_BINARY = getattr(os, "O_BINARY", 0)  # Windows


def _head(name: str, number: int) -> bytes:
    return f"{name}:{number}:".encode()


def _end(name: str, number: int) -> bytes:
    return f"{name}:end:{number}".encode()
