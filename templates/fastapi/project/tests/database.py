"""Databases of the tests: on the server of DATABASE_URL, or on the embedded one."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from sqlalchemy import text

from app.config import read_database_settings
from app.db.database import Database
from app.db.embedded_server import embedded_server
from app.db.migrate import migrate_up


@contextmanager
def server_url() -> Iterator[str]:
    """The URL of a database on the server, which may make others."""
    settings = read_database_settings()
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded_server(Path(settings.data_dir)) as url:
        yield url


@asynccontextmanager
async def blank_database(server: str) -> AsyncIterator[str]:
    """The URL of a database without any table, which is gone at the end."""
    name = f"test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(server)
    await admin.execute(f'create database "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        await admin.execute(f'drop database "{name}" with (force)')
        await admin.close()


def open_pool(url: str, *, connections: int = 10, timeout: int = 10) -> Database:
    return Database(url, connections=connections, timeout=timeout)


@asynccontextmanager
async def migrated_database(server: str) -> AsyncIterator[Database]:
    async with blank_database(server) as url:
        db = open_pool(url)
        try:
            await migrate_up(db)
            yield db
        finally:
            await db.close()


async def empty_tables(db: Database) -> None:
    """Removes every row, in one statement, so that no order of references matters."""
    names = text("""
        select quote_ident(tablename) from pg_tables
        where schemaname = current_schema() and tablename <> 'alembic_version'
    """)
    async with db.connect() as connection:
        tables = (await connection.scalars(names)).all()
        parts = [f"t{at} as (delete from {name})" for at, name in enumerate(tables)]  # noqa: S608
        if parts:
            await connection.execute(text(f"with {', '.join(parts)} select"))
