import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from app.auth.models import AuthSessionModel
from app.auth.roles import DEFAULT_ROLE
from app.auth.sessions import Sessions
from app.db.clock import now
from app.modules.users.models import UserModel
from tests.api import Api
from tests.log import collect_log
from tests.logins import data_of, read_me, refresh, register
from tests.rows import fields_of
from tests.samples.users import insert_user
from tests.tokens import TEST_SECRET

pytestmark = pytest.mark.anyio


async def test_answers_the_next_tokens_of_the_same_session(nobody: Api) -> None:
    first = data_of(await register(nobody))["refreshToken"]
    answer = await refresh(nobody, first)
    assert answer.status_code == 200
    data = data_of(answer)
    assert sorted(data) == ["accessToken", "expiresIn", "refreshToken"]
    assert data["refreshToken"] != first
    assert (await read_me(nobody, data["accessToken"])).status_code == 200
    assert (await refresh(nobody, data["refreshToken"])).status_code == 200
    async with nobody.db.connect() as connection:
        assert len((await connection.execute(select(AuthSessionModel.id))).all()) == 1


async def test_answers_a_repeated_token_with_the_same_successor(nobody: Api) -> None:
    """As two tabs at once send it, and clients that lost the answer."""
    data = data_of(await register(nobody))
    with collect_log() as log:
        first, second = [await refresh(nobody, data["refreshToken"]) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 200)
    assert data_of(first)["refreshToken"] == data_of(second)["refreshToken"]
    assert [(entry["security"], entry["userId"]) for entry in log.security()] == [
        ("token_repeated", data["user"]["id"]),
    ]
    assert (await refresh(nobody, data_of(second)["refreshToken"])).status_code == 200


async def test_answers_a_successor_that_another_secret_made(nobody: Api) -> None:
    token = data_of(await register(nobody))["refreshToken"]
    successor = data_of(await refresh(nobody, token))["refreshToken"]
    rotated = Sessions(nobody.db, [TEST_SECRET[::-1], TEST_SECRET])
    repeated = await rotated.refresh(token)
    assert repeated.outcome == "repeated"
    assert repeated.tokens is not None
    assert repeated.tokens.refresh_token == successor


@pytest.mark.parametrize("case", ["after ten seconds", "once its successor was used"])
async def test_ends_the_session_of_a_token_that_comes_back(nobody: Api, case: str) -> None:
    data = data_of(await register(nobody))
    token = data["refreshToken"]
    successor = data_of(await refresh(nobody, token))["refreshToken"]
    if case == "after ten seconds":
        await wait(nobody, 11)
    else:
        successor = data_of(await refresh(nobody, successor))["refreshToken"]
    assert (await read_me(nobody, data["accessToken"])).status_code == 200
    with collect_log() as log:
        answer = await refresh(nobody, token)
    assert answer.status_code == 401
    assert log.events() == ["token_reuse"]
    assert log.security()[0]["userId"] == data["user"]["id"]
    assert (await refresh(nobody, successor)).status_code == 401
    assert (await read_me(nobody, data["accessToken"])).status_code == 401


async def test_answers_many_at_once_with_one_successor(nobody: Api) -> None:
    user = await insert_user(nobody.db)
    sessions: Sessions = nobody.app.state.sessions
    async with nobody.db.begin() as connection:
        first = await sessions.begin(connection, user["id"], DEFAULT_ROLE, None)
    answers = await asyncio.gather(*(sessions.refresh(first.refresh_token) for _ in range(8)))
    issued = {answer.tokens.refresh_token for answer in answers if answer.tokens}
    assert len(issued) == 1
    outcomes = sorted(answer.outcome for answer in answers)
    assert outcomes == ["refreshed", *["repeated"] * 7]


async def test_keeps_a_session_alive_for_ninety_days_at_most(nobody: Api) -> None:
    token = data_of(await register(nobody))["refreshToken"]
    began = now() - timedelta(days=80)
    await change_sessions(nobody, created_at=began)
    await refresh(nobody, token)
    async with nobody.db.connect() as connection:
        session = (await connection.execute(select(AuthSessionModel.__table__))).one()
    assert session.expires_at == began + timedelta(days=90)
    assert now() - session.last_used_at < timedelta(minutes=1)


async def garbage(_api: Api) -> str:
    return "garbage"


async def access_token(api: Api) -> str:
    return str(data_of(await register(api))["accessToken"])


async def of_an_expired_session(api: Api) -> str:
    token = str(data_of(await register(api))["refreshToken"])
    await change_sessions(api, expires_at=now() - timedelta(seconds=1))
    return token


async def of_an_ended_session(api: Api) -> str:
    token = str(data_of(await register(api))["refreshToken"])
    await change_sessions(api, revoked_at=now())
    return token


async def of_a_disabled_user(api: Api) -> str:
    token = str(data_of(await register(api))["refreshToken"])
    async with api.db.connect() as connection:
        await connection.execute(update(UserModel).values(disabled_at=now()))
    return token


@pytest.mark.parametrize(
    "make",
    [garbage, access_token, of_an_expired_session, of_an_ended_session, of_a_disabled_user],
)
async def test_refuses(nobody: Api, make: Callable[[Api], Awaitable[str]]) -> None:
    token = await make(nobody)
    with collect_log() as log:
        answer = await refresh(nobody, token)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "UNAUTHENTICATED"
    assert log.events() == ["refresh_failed"]


async def test_answers_422_without_repeating_what_was_sent(nobody: Api) -> None:
    answer = await refresh(nobody, {"a": "token"})
    assert answer.status_code == 422
    assert fields_of(answer) == ["refreshToken"]
    assert "value" not in answer.json()["error"]["details"][0]


async def test_a_refresh_token_is_no_access_token(nobody: Api) -> None:
    token = data_of(await register(nobody))["refreshToken"]
    assert (await read_me(nobody, token)).status_code == 401


async def wait(api: Api, seconds: int) -> None:
    """As if it were so long since refresh tokens were used."""
    earlier = text("update auth_refresh_tokens set used_at = used_at - make_interval(secs => :s)")
    async with api.db.connect() as connection:
        await connection.execute(earlier, {"s": seconds})


async def change_sessions(api: Api, **values: Any) -> None:
    async with api.db.connect() as connection:
        await connection.execute(update(AuthSessionModel).values(values))
