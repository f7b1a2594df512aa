"""Logins that meet a change of the user: none may outlive it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text, update

from app.about import BASE_PATH
from app.auth.roles import DEFAULT_ROLE
from app.auth.schemas import AuthLoggedIn, AuthLogIn
from app.auth.service import AuthService
from app.auth.session_queries import end_sessions
from app.auth.user_commands import run_user_command
from app.db.clock import now
from app.http.errors import ApiError
from app.modules.users.models import UserModel
from app.modules.users.repository import UsersRepository
from tests.accounts import bearer, sign_in
from tests.api import Api
from tests.logins import ME, NEW_PASSWORD, living_sessions, log_in
from tests.passwords import QUICK_PASSWORDS
from tests.roles import ADMIN
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio

REFUSED = "Wrong e-mail address or password"
WEAKER = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1)

Work = Callable[[], Awaitable[object]]


@pytest.fixture
def service(nobody: Api) -> AuthService:
    return AuthService(nobody.db, nobody.app.state.sessions, QUICK_PASSWORDS)


async def enter(service: AuthService, email: str, password: str) -> AuthLoggedIn:
    return await service.log_in(AuthLogIn(email=email, password=password), None)


async def change_password(api: Api, user_id: UUID) -> int:
    async with api.db.begin() as connection:
        begun = await api.app.state.sessions.begin(connection, user_id, DEFAULT_ROLE, None)
    data = {"currentPassword": SAMPLE_PASSWORD, "newPassword": NEW_PASSWORD}
    headers = bearer(begun.access_token)
    answer = await api.patch(f"{ME}/password", json={"data": data}, headers=headers)
    return answer.status_code


def then_once(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    work: Work,
) -> None:
    """Does something once, after the first hash is made or compared and before that is told."""
    first: Callable[..., Awaitable[Any]] = getattr(QUICK_PASSWORDS, name)

    async def do(*given: str) -> Any:
        told = await first(*given)
        if getattr(QUICK_PASSWORDS, name) is do:
            monkeypatch.undo()
            await work()
        return told

    monkeypatch.setattr(QUICK_PASSWORDS, name, do)


async def test_a_change_of_the_password_shuts_out_a_login_that_began_before(
    nobody: Api,
    service: AuthService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = await insert_user(nobody.db)
    then_once(monkeypatch, "verify", lambda: change_password(nobody, user["id"]))
    with pytest.raises(ApiError, match=REFUSED):
        await enter(service, user["email"], SAMPLE_PASSWORD)
    assert await living_sessions(nobody) == 1


async def test_a_login_does_not_put_an_old_password_back(
    nobody: Api,
    service: AuthService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = await insert_user(nobody.db, password_hash=WEAKER.hash(SAMPLE_PASSWORD))
    then_once(monkeypatch, "hash", lambda: change_password(nobody, user["id"]))
    with pytest.raises(ApiError, match=REFUSED):
        await enter(service, user["email"], SAMPLE_PASSWORD)
    assert await living_sessions(nobody) == 1
    assert (await enter(service, user["email"], NEW_PASSWORD)).user.id == user["id"]


async def test_a_user_who_is_disabled_during_the_login_gets_no_tokens(
    nobody: Api,
    service: AuthService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = await insert_user(nobody.db)

    async def disable() -> None:
        async with nobody.db.begin() as connection:
            await UsersRepository(connection).update(user["id"], {"disabled": True})

    then_once(monkeypatch, "verify", disable)
    with pytest.raises(ApiError, match=REFUSED):
        await enter(service, user["email"], SAMPLE_PASSWORD)
    assert await living_sessions(nobody) == 0


async def test_who_logs_in_twice_with_an_outdated_hash_comes_in_twice(
    nobody: Api,
    service: AuthService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = await insert_user(nobody.db, password_hash=WEAKER.hash(SAMPLE_PASSWORD))
    then_once(monkeypatch, "hash", lambda: enter(service, user["email"], SAMPLE_PASSWORD))
    assert (await enter(service, user["email"], SAMPLE_PASSWORD)).user.id == user["id"]
    assert await living_sessions(nobody) == 2


async def test_no_login_outlives_a_change_of_the_password(
    nobody: Api,
    service: AuthService,
) -> None:
    user = await insert_user(nobody.db)
    logins = [
        asyncio.create_task(enter(service, user["email"], SAMPLE_PASSWORD)) for _ in range(12)
    ]
    assert await change_password(nobody, user["id"]) == 204
    for opened in await asyncio.gather(*logins, return_exceptions=True):
        if isinstance(opened, BaseException):
            continue
        refreshed = await nobody.app.state.sessions.refresh(opened.refresh_token)
        assert refreshed.outcome == "refused"
    with pytest.raises(ApiError, match=REFUSED):
        await enter(service, user["email"], SAMPLE_PASSWORD)
    assert await living_sessions(nobody) == 1


@pytest.mark.parametrize("what", ["password_hash", "disabled_at"])
async def test_a_login_waits_for_a_change_that_is_under_way(
    nobody: Api,
    service: AuthService,
    what: str,
) -> None:
    user = await insert_user(nobody.db)
    value = WEAKER.hash(NEW_PASSWORD) if what == "password_hash" else now()
    async with nobody.db.begin() as connection:
        changed = update(UserModel).where(UserModel.id == user["id"]).values({what: value})
        await connection.execute(changed)
        await end_sessions(connection, user["id"])
        late = asyncio.create_task(enter(service, user["email"], SAMPLE_PASSWORD))
        # Long enough for the comparison: the login is at its session now.
        await asyncio.sleep(0.3)
        assert not late.done()
    with pytest.raises(ApiError, match=REFUSED):
        await late


@pytest.fixture
async def endless(nobody: Api) -> AsyncIterator[Api]:
    """Sessions cannot be ended."""
    name = "auth_sessions_never_end"
    added = f"alter table auth_sessions add constraint {name} check (revoked_at is null)"
    async with nobody.db.connect() as connection:
        await connection.execute(text(added))
    yield nobody
    async with nobody.db.connect() as connection:
        await connection.execute(text(f"alter table auth_sessions drop constraint {name}"))


async def test_the_password_stays_when_the_sessions_cannot_be_ended(endless: Api) -> None:
    user = await insert_user(endless.db)
    await log_in(endless, user["email"])
    assert await change_password(endless, user["id"]) >= 400
    assert (await log_in(endless, user["email"])).status_code == 200
    assert (await log_in(endless, user["email"], NEW_PASSWORD)).status_code == 401


@pytest.mark.parametrize("by", ["an administrator", "the command"])
async def test_nobody_is_disabled_when_the_sessions_cannot_be_ended(endless: Api, by: str) -> None:
    user = await insert_user(endless.db)
    await log_in(endless, user["email"])
    if by == "an administrator":
        await sign_in(endless, ADMIN)
        url = f"{BASE_PATH}/users/{user['id']}"
        answer = await endless.patch(url, json={"data": {"disabled": True}})
        assert answer.status_code >= 400
    else:
        args = ["disable", "--email", user["email"]]
        with pytest.raises(Exception, match="auth_sessions_never_end"):
            await run_user_command(args, endless.db, QUICK_PASSWORDS, lambda: "")
    assert (await log_in(endless, user["email"])).status_code == 200
