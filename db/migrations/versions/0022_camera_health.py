"""Keep how cameras are over time, and who steers them."""

from db.migrations.run import run_sql

revision = "0022_camera_health"
down_revision = "0024_wake"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
