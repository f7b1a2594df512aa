import re
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from app.auth.passwords import Passwords
from app.auth.roles import DEFAULT_ROLE
from app.auth.schemas import AuthLoggedIn, AuthRegister
from app.auth.service import AuthService
from app.modules.users.models import UserModel
from tests.api import Api, start_api
from tests.logins import AUTH, ME, PASSWORD, data_of, read_me, register, stored_hash
from tests.passwords import QUICK_PASSWORDS
from tests.roles import ADMIN
from tests.rows import fields_of
from tests.samples.users import new_profile_body

pytestmark = pytest.mark.anyio


async def test_answers_the_new_user_and_tokens_that_work(nobody: Api) -> None:
    answer = await register(nobody, "Ada@Example.COM")
    assert answer.status_code == 201
    data = data_of(answer)
    assert sorted(data) == ["accessToken", "expiresIn", "refreshToken", "user"]
    assert (data["user"]["email"], data["user"]["role"]) == ("ada@example.com", DEFAULT_ROLE)
    assert data["user"]["disabledAt"] is None
    assert answer.headers["location"] == ME
    assert answer.headers["cache-control"] == "private, no-store, no-transform"
    assert re.fullmatch(r"[\w-]{43}", data["refreshToken"])
    assert data["expiresIn"] == 600
    assert data_of(await read_me(nobody, data["accessToken"])) == data["user"]


async def test_is_refused_where_registration_is_closed(nobody: Api) -> None:
    async with start_api(nobody.db, registration="closed") as closed:
        answer = await register(closed)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
    async with nobody.db.connect() as connection:
        assert (await connection.execute(select(UserModel.id))).all() == []


async def test_keeps_neither_the_password_nor_a_token(nobody: Api) -> None:
    token = data_of(await register(nobody))["refreshToken"]
    async with nobody.db.connect() as connection:
        rows = [
            *await connection.execute(text("select * from users")),
            *await connection.execute(text("select * from auth_sessions")),
            *await connection.execute(text("select * from auth_refresh_tokens")),
        ]
    stored = str(rows)
    assert "$argon2id$" in stored
    assert PASSWORD not in stored
    assert token not in stored


async def test_hashes_at_the_cost_of_production(nobody: Api) -> None:
    nobody.app.state.passwords = Passwords()
    try:
        user = data_of(await register(nobody))["user"]
    finally:
        nobody.app.state.passwords = QUICK_PASSWORDS
    assert "$m=19456,t=2,p=1$" in await stored_hash(nobody, user["id"])


async def test_answers_409_when_the_address_is_taken_in_whatever_letters(nobody: Api) -> None:
    await register(nobody)
    answer = await register(nobody, "ADA@example.com")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "CONFLICT"
    assert fields_of(answer) == ["email"]


EMAIL = {"email": "ada@example.com"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"password": PASSWORD}, ["email"]),
        (EMAIL, ["password"]),
        ({**EMAIL, "password": "short"}, ["password"]),
        ({**EMAIL, "password": "Password1234"}, ["password"]),
        ({**EMAIL, "password": PASSWORD, "role": ADMIN}, ["role"]),
        ({**EMAIL, "password": PASSWORD, "id": str(uuid4())}, ["id"]),
        ({"email": 1, "password": 2}, ["email", "password"]),
    ],
)
async def test_refuses(nobody: Api, values: dict[str, Any], fields: list[str]) -> None:
    data = {**new_profile_body(), **values}
    answer = await nobody.post(f"{AUTH}/register", json={"data": data})
    assert answer.status_code == 422
    assert fields_of(answer) == fields
    for detail in answer.json()["error"]["details"]:
        assert detail["field"] != "password" or "value" not in detail


async def test_leaves_no_user_behind_when_the_session_cannot_begin(
    nobody: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sessions = nobody.app.state.sessions

    async def fail(*_given: object) -> AuthLoggedIn:
        raise RuntimeError("no session")

    monkeypatch.setattr(sessions, "begin", fail)
    service = AuthService(nobody.db, sessions, QUICK_PASSWORDS)
    data = {**new_profile_body(), **EMAIL, "password": PASSWORD}
    with pytest.raises(RuntimeError, match="no session"):
        await service.register(AuthRegister.model_validate(data), None)
    async with nobody.db.connect() as connection:
        assert (await connection.execute(select(UserModel.id))).all() == []
