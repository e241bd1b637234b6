"""Run the SQL body of a migration, so that a DBA reads plain SQL."""

from pathlib import Path

from alembic import op

BODIES = Path(__file__).parent / "sql"


def run_sql(name: str) -> None:
    """Execute ``sql/<name>.sql`` as it stands."""
    op.get_bind().exec_driver_sql((BODIES / f"{name}.sql").read_text("utf-8").replace("%", "%%"))
