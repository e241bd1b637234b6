"""Create the register of who is kept off a ticket."""

from db.migrations.run import run_sql

revision = "0008_barred"
down_revision = "0007_evidence"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
