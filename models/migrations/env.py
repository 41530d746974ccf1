"""How alembic reaches our database."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from models import (  # noqa: F401  (their tables)
    Base,
    Database,
    actors,
    areas,
    audit,
    broadcasts,
    city_rules,
    codes,
    collections,
    drop_off_tables,
    groups,
    hours,
    households,
    invitations,
    joining,
    leases,
    memberships,
    notices,
    pauses,
    pickup_days,
    pickups,
    points,
    questions,
    quizzes,
    reminder_plans,
    reminders,
    repeats,
    residents,
    roles,
    settlements,
    shifts,
    stations,
    steps,
    updates,
)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite cannot alter a column in place: alembic copies the table instead.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    database = Database(context.config.attributes["url"])
    try:
        async with database.engines[0].begin() as connection:
            await connection.run_sync(run)
    finally:
        await database.close()


asyncio.run(main())
