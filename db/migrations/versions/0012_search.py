"""Index tickets by pairs of characters, callers by the end of their number."""

from db.migrations.run import run_sql

revision = "0012_search"
down_revision = "0010_register"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
