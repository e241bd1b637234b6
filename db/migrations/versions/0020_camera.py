"""Give the district its cameras, and a register of who saw through them."""

from db.migrations.run import run_sql

revision = "0020_camera"
down_revision = "0018_feed"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
