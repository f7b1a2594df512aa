"""Migrations, and what the pool does when PostgreSQL is slow, full, away or silent."""

import asyncio
import gc
import re
import runpy
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from unittest.mock import AsyncMock
from urllib.parse import urlsplit, urlunsplit

import pytest
from sqlalchemy import Connection, text

from app.about import BASE_PATH, ROOT
from app.config import DatabaseSettings
from app.db.database import Away, Database
from app.db.migrate import main, migrate_at_start, migrate_down, migrate_up
from app.db.migrations import migration_names, missing_migrations, pending_migrations
from app.http.database_errors import translate_database_error
from tests.api import Api, start_api
from tests.database import blank_database, open_pool
from tests.process import run

pytestmark = pytest.mark.anyio

SELECT = text("select 1")


@asynccontextmanager
async def pool(url: str, *, seconds: int = 1) -> AsyncIterator[Database]:
    """A pool of one connection, whose statements may take so long."""
    db = open_pool(url, connections=1, timeout=seconds)
    try:
        yield db
    finally:
        await db.close()


async def select(db: Database) -> None:
    async with db.connect() as connection:
        await connection.execute(SELECT)


async def status_of(db: Database, statement: str) -> int | None:
    """Of the answer to the error that a statement ends with."""
    try:
        async with db.connect() as connection:
            await connection.execute(text(statement))
    except Exception as error:
        known = translate_database_error(error)
        return known.status_code if known else None
    return 200


async def test_migrations_run_up_down_and_up_again(server: str) -> None:
    async with blank_database(server) as url, pool(url) as db:
        assert await pending_migrations(db) == migration_names()
        assert await migrate_up(db) == migration_names()
        assert await migrate_up(db) == []
        reverted: list[str] = []
        while names := await migrate_down(db):
            reverted = [*names, *reverted]
        assert reverted == migration_names()
        assert await migrate_up(db) == migration_names()
        assert await pending_migrations(db) == []


async def test_an_older_migration_of_a_merged_branch_runs_too(server: str) -> None:
    async with blank_database(server) as url, pool(url) as db:
        await migrate_up(db)
        first = migration_names()[0]
        async with db.begin() as connection:
            gone = text("delete from alembic_version where version_num = :first")
            await connection.execute(gone, {"first": first})
        assert await pending_migrations(db) == [first]


async def test_none_runs_while_one_that_has_run_is_missing(server: str) -> None:
    async with blank_database(server) as url, pool(url) as db:
        assert await missing_migrations(db) == []
        await migrate_up(db)
        name = "29990101000000_of_another_branch"
        async with db.begin() as connection:
            ran = text("insert into alembic_version values (:name)")
            await connection.execute(ran, {"name": name})
        assert await missing_migrations(db) == [name]
        with pytest.raises(RuntimeError, match=name):
            await migrate_up(db)


async def test_many_processes_may_migrate_at_once(server: str) -> None:
    async with blank_database(server) as url:

        def migrate() -> str:
            return run("app.db.migrate", DATABASE_URL=url).stdout

        outputs = await asyncio.gather(*(asyncio.to_thread(migrate) for _ in range(3)))
        ran = re.findall(r"^up {6}(\S+)$", "\n".join(outputs), re.MULTILINE)
        assert sorted(ran) == migration_names()
        status = await asyncio.to_thread(run, "app.db.migrate", "status", DATABASE_URL=url)
        assert status.stdout == "No pending migrations\n"


async def test_concurrent_callers_share_one_query(
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    find = AsyncMock(return_value=["pending"])
    monkeypatch.setattr("app.db.migrations._find_pending", find)
    found = await asyncio.gather(*(pending_migrations(db) for _ in range(5)))
    assert found == [["pending"]] * 5
    assert find.await_count == 1


async def test_a_slow_statement_is_a_503(server: str) -> None:
    async with pool(server) as db:
        assert await status_of(db, "select pg_sleep(20)") == 503
        await select(db)


async def test_no_connection_in_time_is_a_503(
    server: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.db.database._PATIENCE", 0.2)
    async with pool(server) as db:
        # A new connection takes longer than that where the machine is busy.
        monkeypatch.undo()
        async with db.connect():
            assert await status_of(db, "select 1") == 503
        await select(db)


async def test_a_connection_that_the_server_ends_is_replaced(server: str) -> None:
    async with pool(server) as db, pool(server) as other:
        async with db.connect() as connection:
            process = await connection.scalar(text("select pg_backend_pid()"))
        async with other.connect() as connection:
            await connection.execute(text(f"select pg_terminate_backend({process})"))
        await asyncio.sleep(0.2)
        assert await status_of(db, "select 1") == 200


async def test_a_server_that_is_away_is_a_503_at_once() -> None:
    async with pool("postgres://localhost:1/app") as db:
        with pytest.raises(Away):
            await select(db)
        assert db.is_crowded()


async def test_a_server_that_goes_silent_is_a_503(server: str) -> None:
    is_silent = asyncio.Event()
    async with silenced(server, is_silent) as url, pool(url) as db:
        await select(db)
        is_silent.set()
        assert await status_of(db, "select 1") == 503
        is_silent.clear()
        await select(db)


async def test_a_silent_server_holds_a_transaction_no_longer_than_a_statement(server: str) -> None:
    is_silent = asyncio.Event()
    async with silenced(server, is_silent) as url, pool(url) as db:

        async def wait(*, in_transaction: bool) -> float:
            is_silent.clear()
            await select(db)
            is_silent.set()
            started = time.monotonic()
            with pytest.raises(Away):
                async with db.connect(in_transaction=in_transaction) as connection:
                    await connection.execute(SELECT)
            return time.monotonic() - started

        alone = await wait(in_transaction=False)
        assert await wait(in_transaction=True) < alone + 1


async def test_a_timeout_of_other_work_is_not_one_of_the_database(server: str) -> None:
    async with pool(server) as db:
        processes: list[object] = []
        for in_transaction in (False, True):
            with pytest.raises(TimeoutError) as raised:
                async with db.connect(in_transaction=in_transaction) as connection:
                    processes.append(await connection.scalar(text("select pg_backend_pid()")))
                    async with asyncio.timeout(0.01):
                        await asyncio.sleep(1)
            assert not isinstance(raised.value, Away)
        assert processes[0] == processes[1]


async def test_a_connection_whose_set_up_fails_is_closed(
    server: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with blank_database(server) as url, pool(url) as db, pool(server) as other:
        failing = AsyncMock(side_effect=OSError("gone"))
        monkeypatch.setattr("app.db.database.keep_moments", failing)
        for _ in range(3):
            with pytest.raises(Away):
                await select(db)
        monkeypatch.undo()
        count = text("select count(*) from pg_stat_activity where datname = :name")
        name = urlsplit(url).path.removeprefix("/")
        async with other.connect() as connection:
            for _ in range(50):
                if await connection.scalar(count, {"name": name}) == 0:
                    break
                await asyncio.sleep(0.1)
            assert await connection.scalar(count, {"name": name}) == 0


def test_a_new_migration_has_the_form_of_the_others(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("app.db.migrate.FOLDER", tmp_path)
    monkeypatch.setattr("app.db.migrate.ROOT", tmp_path)
    assert main(["new", "Add stock", "to products"]) == 0
    [path] = tmp_path.iterdir()
    assert re.fullmatch(r"\d{14}_add_stock_to_products\.py", path.name)
    assert capsys.readouterr().out == f"Created {path.name}\n"
    names = runpy.run_path(str(path))
    assert (names["revision"], names["down_revision"]) == (path.stem, None)
    assert {"upgrade", "downgrade"} <= names.keys()


@pytest.mark.parametrize("arguments", [["new"], ["new", "!"], ["sideways"], ["up", "down"]])
def test_refuses_other_commands(
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(arguments) == 1
    assert "xpected" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["up", "status"])
async def test_a_command_says_in_a_line_that_the_database_is_away(
    server: str,
    command: str,
) -> None:
    missing = urlunsplit(urlsplit(server)._replace(path="/of_nobody"))
    for url, message in [
        ("postgres://localhost:1/app", "The database does not respond"),
        (missing, 'database "of_nobody" does not exist'),
    ]:
        done = await asyncio.to_thread(run, "app.db.migrate", command, DATABASE_URL=url)
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr


async def test_a_migration_of_the_own_database_may_take_longer_than_a_statement(
    server: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sleep(connection: Connection, *, is_up: bool) -> None:
        connection.execute(text("select pg_sleep(2.5)"))

    monkeypatch.setattr("app.db.alembic.run_migrations", sleep)
    async with blank_database(server) as url:
        await migrate_at_start(DatabaseSettings(database_url=url, database_timeout=1))


def test_the_service_needs_nothing_of_unix_where_there_is_a_server() -> None:
    code = "import sys; sys.modules.update(fcntl=None, pwd=None); import app.main, app.db.migrate"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


async def test_who_waits_no_longer_leaves_no_error_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(_db: Database) -> list[str]:
        await asyncio.sleep(0.05)
        raise Away("late")

    unretrieved: list[object] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, context: unretrieved.append(context)
    )
    monkeypatch.setattr("app.db.migrations._find_pending", fail)
    async with pool("postgres://localhost:1/app") as db:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await pending_migrations(db)
        await asyncio.sleep(0.1)
    gc.collect()
    asyncio.get_running_loop().set_exception_handler(None)
    assert unretrieved == []


@asynccontextmanager
async def silenced(server: str, is_silent: asyncio.Event) -> AsyncIterator[str]:
    """A way to the server on which its answers are lost while it is silent."""
    parts = urlsplit(server)
    sockets = re.search(r"host=([^&]+)", parts.query)

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if sockets:
            there = asyncio.open_unix_connection(f"{sockets[1]}/.s.PGSQL.5432")
        else:
            there = asyncio.open_connection(parts.hostname, parts.port or 5432)
        from_server, to_server = await there

        async def answers() -> None:
            while data := await from_server.read(65536):
                if not is_silent.is_set():
                    writer.write(data)

        task = asyncio.create_task(answers())
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                to_server.write(data)
        task.cancel()
        to_server.close()
        writer.close()

    way = await asyncio.start_server(forward, "127.0.0.1", 0)
    port = way.sockets[0].getsockname()[1]
    user = f"{parts.username}@" if parts.username else ""
    query = re.sub(r"&?host=[^&]+", "", parts.query)
    options = "&".join(each for each in [query, "sslmode=disable"] if each)
    yield urlunsplit(("postgresql", f"{user}127.0.0.1:{port}", parts.path, options, ""))
    way.close()


async def test_requests_are_sent_away_at_once_while_many_wait(server: str, api: Api) -> None:
    async with pool(server, seconds=10) as db, start_api(db) as crowded:
        async with db.connect():
            waiting = [asyncio.create_task(select(db)) for _ in range(20)]
            await asyncio.sleep(0.05)
            assert (await crowded.get(f"{BASE_PATH}/nowhere")).status_code == 503
            assert (await crowded.get("/health")).status_code == 200
        await asyncio.gather(*waiting)
        assert (await crowded.get(f"{BASE_PATH}/nowhere")).status_code == 404


async def test_readiness_says_that_the_database_is_away() -> None:
    async with pool("postgres://localhost:1/app") as db, start_api(db) as away:
        answer = await away.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["error"]["message"] == "Not ready: the database does not respond"
        assert (await away.get("/health")).status_code == 200
