"""Create the tables of ticket."""

from db.migrations.run import run_sql

revision = "0004_ticket"
down_revision = "0003_directory"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
