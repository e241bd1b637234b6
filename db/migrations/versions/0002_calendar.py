"""Create the tables of calendar."""

from db.migrations.run import run_sql

revision = "0002_calendar"
down_revision = "0001_people"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
