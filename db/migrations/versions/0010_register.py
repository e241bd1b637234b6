"""Create the indexes by which the register is read."""

from db.migrations.run import run_sql

revision = "0010_register"
down_revision = "0008_barred"


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
