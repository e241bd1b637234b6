"""Let busy units be woken less often, and check an event's ticket where the event is written."""

from db.migrations.run import run_sql

revision = "0028_pace"
down_revision = "0019_plain_names"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
