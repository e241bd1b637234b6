"""Let a seal begin where the last one ended."""

from db.migrations.run import run_sql

revision = "0017_seal"
down_revision = "0015_rollup"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
