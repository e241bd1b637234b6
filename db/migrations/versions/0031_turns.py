"""Wake the desks of a hall in turns."""

from db.migrations.run import run_sql

revision = "0031_turns"
down_revision = "0030_caller_seal"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
