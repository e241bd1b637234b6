"""Let writes of a ticket stay on their page."""

from db.migrations.run import run_sql

revision = "0024_writes"
down_revision = "0022_camera_health"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
