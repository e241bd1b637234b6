"""Tell rounds that were left from those that were ended."""

from db.migrations.run import run_sql

revision = "0026_left_rounds"
down_revision = "0027_presence_news"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
