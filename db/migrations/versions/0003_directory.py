"""Create the tables of directory."""

from db.migrations.run import run_sql

revision = "0003_directory"
down_revision = "0002_calendar"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
