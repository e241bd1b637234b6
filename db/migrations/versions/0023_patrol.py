"""Keep plans and records of round tours through cameras."""

from db.migrations.run import run_sql

revision = "0023_patrol"
down_revision = "0020_camera"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
