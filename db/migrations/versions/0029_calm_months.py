"""Let a young month be counted and vacuumed after thousands of changes, not after fifty."""

from db.migrations.run import run_sql

revision = "0029_calm_months"
down_revision = "0026_left_rounds"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
