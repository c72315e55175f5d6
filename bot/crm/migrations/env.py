"""Run by Alembic, on the connection that the adapter hands over."""

from alembic import context

from bot.crm.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
