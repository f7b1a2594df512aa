"""Work that is done once for each `Idempotency-Key`."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from app.db.database import Database
from app.http.errors import ApiError
from app.http.idempotency import Once
from tests.api import Api

pytestmark = pytest.mark.anyio

CALLER = UUID("0198c0de-0000-7000-8000-000000000001")


class Row(BaseModel):
    number: int


def once(key: str | None, body: Any = None, *, path: str = "/api/things") -> Once:
    headers = [(b"idempotency-key", key.encode())] if key is not None else []
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": headers,
        "server": ("test", 80),
        "scheme": "http",
    }
    request = Request(scope)
    request._json = body
    return Once(request)


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    async def __call__(self, _connection: AsyncConnection) -> Row:
        self.done += 1
        return Row(number=self.done)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture(autouse=True)
async def empty(api: Api) -> None:
    """Every test begins without a key."""


async def test_the_same_request_is_done_once(db: Database, work: Work) -> None:
    answers = [await once("a", {"x": 1}).run(db, CALLER, work) for _ in range(2)]
    assert [json.loads(answer) for answer in answers] == [{"number": 1}] * 2
    assert work.done == 1


@pytest.mark.parametrize(
    ("key", "caller", "path"),
    [
        (None, CALLER, "/api/things"),
        ("b", CALLER, "/api/things"),
        ("a", None, "/api/things"),
        ("a", CALLER, "/api/others"),
    ],
)
async def test_another_key_caller_or_route_is_another_request(
    db: Database,
    work: Work,
    key: str | None,
    caller: UUID | None,
    path: str,
) -> None:
    await once("a").run(db, CALLER, work)
    await once(key, path=path).run(db, caller, work)
    assert work.done == 2


async def test_a_different_request_with_the_same_key_is_refused(db: Database, work: Work) -> None:
    await once("a", {"x": 1}).run(db, CALLER, work)
    with pytest.raises(ApiError) as refusal:
        await once("a", {"x": 2}).run(db, CALLER, work)
    assert refusal.value.status_code == 422
    assert refusal.value.details == [
        {
            "field": "Idempotency-Key",
            "message": "This key was already used for a different request",
        }
    ]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "\x7f"])
async def test_keys_have_a_form(db: Database, work: Work, key: str) -> None:
    with pytest.raises(ApiError) as refusal:
        await once(key).run(db, CALLER, work)
    assert (refusal.value.status_code, work.done) == (400, 0)


async def test_a_failure_is_not_kept(db: Database, work: Work) -> None:
    async def fail(_connection: AsyncConnection) -> Row:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await once("a").run(db, CALLER, fail)
    assert json.loads(await once("a").run(db, CALLER, work)) == {"number": 1}


async def test_the_second_is_refused_while_the_first_is_under_way(
    db: Database,
    work: Work,
) -> None:
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(connection: AsyncConnection) -> Row:
        has_begun.set()
        await may_end.wait()
        return await work(connection)

    first = asyncio.create_task(once("a").run(db, CALLER, slow))
    await has_begun.wait()
    with pytest.raises(ApiError) as refusal:
        await once("a").run(db, CALLER, work)
    assert (refusal.value.status_code, refusal.value.code) == (409, "CONFLICT")
    may_end.set()
    assert json.loads(await first) == {"number": 1}
    assert work.done == 1


async def test_keys_are_forgotten_after_a_day(db: Database, work: Work) -> None:
    for key in ["a", "b"]:
        await once(key).run(db, CALLER, work)
    async with db.begin() as connection:
        earlier = text("update idempotency_keys set created_at = now() - interval '25 hours'")
        await connection.execute(earlier)
    await once("a").run(db, CALLER, work)
    assert work.done == 3
    async with db.connect() as connection:
        kept = await connection.scalar(text("select count(*) from idempotency_keys"))
    assert kept == 1
