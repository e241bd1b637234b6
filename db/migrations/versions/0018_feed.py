"""Give the change feed a row per scope, and partitions."""

from db.migrations.run import run_sql

revision = "0018_feed"
down_revision = "0017_seal"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
