"""Create the tables of people."""

from db.migrations.run import run_sql

revision = "0001_people"
down_revision = None


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
