"""${message}."""

from db.migrations.run import run_sql

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Run the SQL body of the same name."""
    run_sql(revision)
