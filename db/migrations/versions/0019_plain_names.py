"""Refuse marks that turn or hide the writing of names and reasons."""

from db.migrations.run import run_sql

revision = "0019_plain_names"
down_revision = "0024_writes"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
