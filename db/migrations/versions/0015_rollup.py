"""Create the counts of closed tickets by month, place, unit, category and outcome."""

from db.migrations.run import run_sql

revision = "0015_rollup"
down_revision = "0013_claim"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
