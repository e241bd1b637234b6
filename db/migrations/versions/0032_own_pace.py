"""Let desks rest by themselves, and leave what they all read uncounted."""

from db.migrations.run import run_sql

revision = "0032_own_pace"
down_revision = "0031_turns"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
