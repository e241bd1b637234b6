"""Count what each person's presence tells others."""

from db.migrations.run import run_sql

revision = "0027_presence_news"
down_revision = "0028_pace"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
