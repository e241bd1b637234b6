"""Create the columns of accounts."""

from db.migrations.run import run_sql

revision = "0006_accounts"
down_revision = "0005_sharing"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
