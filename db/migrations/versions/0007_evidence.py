"""Create the register of what people did, and the anchors over it."""

from db.migrations.run import run_sql

revision = "0007_evidence"
down_revision = "0006_accounts"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
