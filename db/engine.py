"""From a DSN to an SQLAlchemy engine."""

from __future__ import annotations

from functools import partial

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Engine, create_engine

from db.link import secured


def sqlalchemy_url(dsn: str) -> URL:
    """Return the DSN as an SQLAlchemy URL for psycopg 3."""
    return URL.create("postgresql+psycopg", query={k: str(v) for k, v in conninfo_to_dict(dsn).items()})


def engine_for(dsn: str, *, pool_size: int = 5) -> Engine:
    """Build an engine whose sessions speak UTC and cannot hang for ever; it knows no password to print."""
    options = (
        "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=30s"
        " -c idle_in_transaction_session_timeout=30s"
    )
    return create_engine(
        "postgresql+psycopg://",
        creator=partial(
            psycopg.connect,
            secured(dsn),
            application_name="liangdeng",
            connect_timeout=5,
            options=options,
            prepare_threshold=2,
        ),
        pool_size=pool_size,
        pool_use_lifo=True,  # the next question goes to a connection that has its plans already
        max_overflow=0,
        pool_pre_ping=True,
    )
