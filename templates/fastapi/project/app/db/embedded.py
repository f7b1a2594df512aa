"""The database: that of DATABASE_URL, or one of our own, on files in a folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.config import DatabaseSettings
from app.db.database import Database


def exists_in(folder: str) -> bool:
    """Whether there is a database in the folder."""
    return (Path(folder) / "postgres" / "PG_VERSION").exists()


@asynccontextmanager
async def open_database(
    settings: DatabaseSettings,
    *,
    statement_timeout: int | None = None,
) -> AsyncIterator[Database]:
    """The database of DATABASE_URL, or the one in DATA_DIR, which it starts and stops."""
    seconds = settings.database_timeout if statement_timeout is None else statement_timeout
    async with _address(settings) as url:
        db = Database(url, connections=settings.database_pool, timeout=seconds)
        try:
            yield db
        finally:
            await db.close()


@asynccontextmanager
async def _address(settings: DatabaseSettings) -> AsyncIterator[str]:
    if settings.database_url is not None:
        yield settings.database_url
        return
    try:
        from app.db.embedded_server import embedded_server  # noqa: PLC0415
    except ImportError:
        message = "There is no embedded PostgreSQL for Windows: set DATABASE_URL to use a server."
        raise RuntimeError(message) from None
    server = embedded_server(Path(settings.data_dir))
    url = await asyncio.to_thread(server.__enter__)
    try:
        yield url
    finally:
        await asyncio.to_thread(server.__exit__, None, None, None)
