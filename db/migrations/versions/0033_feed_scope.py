"""Keep the scope a unit listens to with the unit."""

from db.migrations.run import run_sql

revision = "0033_feed_scope"
down_revision = "0032_own_pace"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
