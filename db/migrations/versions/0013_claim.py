"""Create claims, and presence by desk."""

from db.migrations.run import run_sql

revision = "0013_claim"
down_revision = "0012_search"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
