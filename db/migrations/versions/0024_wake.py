"""Give the waker a lock for each scope instead of a channel."""

from db.migrations.run import run_sql

revision = "0024_wake"
down_revision = "0021_footage"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
