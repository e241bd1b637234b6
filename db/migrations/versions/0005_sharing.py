"""Create the tables of sharing."""

from db.migrations.run import run_sql

revision = "0005_sharing"
down_revision = "0004_ticket"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
