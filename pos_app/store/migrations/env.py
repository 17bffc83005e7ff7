"""Alembic's entry: runs on the connection that `pos_app.store.schema` hands over."""

from alembic import context

from pos_app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
