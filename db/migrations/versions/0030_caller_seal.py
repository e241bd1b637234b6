"""Let the first event of a ticket carry a seal over its caller's identity."""

from db.migrations.run import run_sql

revision = "0030_caller_seal"
down_revision = "0029_calm_months"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
