"""Alembic's entry: one transaction per migration, short lock waits, as the owner role."""

from alembic import context
from sqlalchemy import NullPool, create_engine

# No pool: the advisory lock ends with the connection.
engine = create_engine(
    context.config.attributes["url"], poolclass=NullPool, connect_args={"options": "-c lock_timeout=5s"}
)
with engine.connect() as connection:
    connection.exec_driver_sql("select pg_advisory_lock(731501)")
    # Extensions are the migrating login's business; everything else belongs to the owner role.
    connection.exec_driver_sql("create extension if not exists btree_gist")
    connection.exec_driver_sql("create extension if not exists pg_trgm")
    connection.exec_driver_sql("set role ld_owner")
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
