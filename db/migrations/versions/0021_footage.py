"""Keep pictures of cameras, and delete them when their time is over."""

from db.migrations.run import run_sql

revision = "0021_footage"
down_revision = "0023_patrol"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
