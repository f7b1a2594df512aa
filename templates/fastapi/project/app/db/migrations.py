"""The migrations: the files of their folder in the order of their names.

Each stands alone (`down_revision = None`), so that branches merge in any order, and
`alembic_version` has a row for each that has run. Alembic is loaded where it migrates, not to ask.
"""

import asyncio
import weakref
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.about import ROOT
from app.db.database import Database

FOLDER = ROOT / "migrations" / "versions"

_under_way: "weakref.WeakKeyDictionary[Database, asyncio.Task[list[str]]]" = (
    weakref.WeakKeyDictionary()
)


def migration_names() -> list[str]:
    """The names of all migrations, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem[0].isdigit())


async def pending_migrations(db: Database) -> list[str]:
    """The names of those that have not run yet.

    Concurrent callers share one query, since anyone can cause it through `/ready`.
    """
    task = _under_way.get(db)
    if task is None or task.done():
        task = asyncio.create_task(_find_pending(db))
        task.add_done_callback(_take_error)
        _under_way[db] = task
    return await asyncio.shield(task)


def _take_error(task: asyncio.Task[list[str]]) -> None:
    """Nobody waits for a query that takes too long, and asyncio logs errors that nobody takes."""
    if not task.cancelled():
        task.exception()


async def _find_pending(db: Database) -> list[str]:
    async with db.connect() as connection:
        applied = set(await applied_migrations(connection))
    return [name for name in migration_names() if name not in applied]


async def missing_migrations(db: Database) -> list[str]:
    """The names of those that have run and are not in the folder."""
    names = set(migration_names())
    async with db.connect() as connection:
        return [name for name in await applied_migrations(connection) if name not in names]


async def applied_migrations(connection: AsyncConnection) -> Sequence[str]:
    exists = text("select to_regclass('alembic_version') is not null")
    if not await connection.scalar(exists):
        return []
    versions = text("select version_num from alembic_version order by version_num")
    return (await connection.scalars(versions)).all()
