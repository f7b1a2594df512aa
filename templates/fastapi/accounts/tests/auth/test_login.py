from datetime import timedelta
from unittest.mock import AsyncMock
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select

from app.auth.models import AuthSessionModel
from app.auth.schemas import AuthLogIn
from app.auth.service import AuthService
from app.db.clock import now
from app.db.database import Away
from app.http.errors import ApiError
from tests.api import Api
from tests.log import collect_log
from tests.logins import data_of, log_in, read_me, stored_hash
from tests.passwords import QUICK_PASSWORDS
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio

WRONG = "a wrong password"


async def test_answers_the_user_and_tokens_whatever_letters_the_address_has(nobody: Api) -> None:
    user = await insert_user(nobody.db)
    answer = await log_in(nobody, user["email"].upper())
    assert answer.status_code == 200
    data = data_of(answer)
    assert data["user"]["id"] == str(user["id"])
    assert (await read_me(nobody, data["accessToken"])).status_code == 200


async def test_answers_the_same_to_all_who_may_not_come_in(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    disabled = (await insert_user(nobody.db, disabled_at=now()))["email"]
    answers = [
        await log_in(nobody, "nobody@example.com"),
        await log_in(nobody, email, WRONG),
        await log_in(nobody, disabled),
    ]
    for answer in answers:
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"] == answers[0].json()["error"]


async def test_does_the_same_work_for_all_of_them(
    nobody: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hashing = AsyncMock()
    verifying = AsyncMock(side_effect=QUICK_PASSWORDS.verify)
    monkeypatch.setattr(QUICK_PASSWORDS, "hash", hashing)
    monkeypatch.setattr(QUICK_PASSWORDS, "verify", verifying)
    service = AuthService(nobody.db, nobody.app.state.sessions, QUICK_PASSWORDS)
    email = (await insert_user(nobody.db))["email"]
    disabled = (await insert_user(nobody.db, disabled_at=now()))["email"]
    for times, each in enumerate(["nobody@example.com", disabled, email], start=1):
        with pytest.raises(ApiError, match="Wrong e-mail address or password"):
            await service.log_in(AuthLogIn(email=each, password=WRONG), None)
        assert verifying.await_count == times
    assert hashing.await_count == 0
    costs = {call.args[0].rsplit("$", 2)[0] for call in verifying.await_args_list}
    assert len(costs) == 1


async def test_makes_an_outdated_hash_anew(nobody: Api) -> None:
    before = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(SAMPLE_PASSWORD)
    user = await insert_user(nobody.db, password_hash=before)
    assert (await log_in(nobody, user["email"], SAMPLE_PASSWORD)).status_code == 200
    renewed = await stored_hash(nobody, user["id"])
    assert renewed != before
    assert await QUICK_PASSWORDS.verify(renewed, SAMPLE_PASSWORD) == "right"
    assert (await log_in(nobody, user["email"], SAMPLE_PASSWORD)).status_code == 200


async def test_logs_each_login_and_each_failure(nobody: Api) -> None:
    user = await insert_user(nobody.db)
    with collect_log() as log:
        await log_in(nobody, user["email"])
        await log_in(nobody, user["email"], WRONG)
        await log_in(nobody, "nobody@example.com")
    known = str(user["id"])
    told = [(entry["security"], entry.get("userId")) for entry in log.security()]
    assert told == [("login_ok", known), ("login_failed", known), ("login_failed", None)]
    assert all(entry["requestId"] for entry in log.security())


async def test_removes_ten_expired_sessions_whosever_they_are(nobody: Api) -> None:
    user = await insert_user(nobody.db)
    other = await insert_user(nobody.db)
    past = now() - timedelta(seconds=1)
    times = {"created_at": past, "last_used_at": past, "expires_at": past}
    expired = [{"id": uuid4(), "user_id": other["id"], **times} for _ in range(15)]
    async with nobody.db.connect() as connection:
        await connection.execute(insert(AuthSessionModel), expired)
    await log_in(nobody, user["email"])
    assert len(await owners(nobody)) == 6
    await log_in(nobody, user["email"])
    assert await owners(nobody) == [user["id"], user["id"]]


async def test_succeeds_even_if_expired_sessions_cannot_be_removed(
    nobody: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = await insert_user(nobody.db)
    failing = AsyncMock(side_effect=Away("the statement took too long"))
    monkeypatch.setattr("app.auth.sessions.remove_expired", failing)
    answer = await log_in(nobody, user["email"])
    assert (answer.status_code, failing.await_count) == (200, 1)
    assert (await read_me(nobody, data_of(answer)["accessToken"])).status_code == 200


async def owners(api: Api) -> list[UUID]:
    """Whose sessions are stored."""
    async with api.db.connect() as connection:
        return list((await connection.execute(select(AuthSessionModel.user_id))).scalars())
