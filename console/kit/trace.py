"""What may be written down of an error: where and of which kind, never what it says."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


def private_trace(error: BaseException) -> str:
    """Return the frames and kinds of an error and of those behind it.

    No texts and no values: a driver's text carries rows and parameters, and a ValueError what somebody typed.
    """
    parts: list[str] = []
    seen: set[int] = set()
    follower: BaseException | None = error
    while follower is not None and id(follower) not in seen:
        seen.add(id(follower))
        parts.append("".join([*traceback.format_tb(follower.__traceback__), _kind(follower)]))
        follower = follower.__cause__ or (None if follower.__suppress_context__ else follower.__context__)
    return "\nbecause of\n".join(parts)


class PrivateFormatter(logging.Formatter):
    """Write a record's error as `private_trace` does."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return private_trace(ei[1]) if ei[1] is not None else ""


def _kind(error: BaseException) -> str:
    """Name the type, and of a database's error its code and its constraint."""
    name = type(error).__qualname__
    state = getattr(error, "sqlstate", None)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return " ".join(word for word in (name, state, constraint) if word)
