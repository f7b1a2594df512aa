from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from app.modules.users.models import UserModel
from tests.accounts import sign_in
from tests.api import Api
from tests.logins import AUTH, ME, data_of
from tests.roles import ADMIN, READER
from tests.rows import fields_of
from tests.samples.users import profile_body

pytestmark = pytest.mark.anyio


async def test_is_who_the_token_says_without_the_password(nobody: Api) -> None:
    caller = await sign_in(nobody, READER)
    answer = await nobody.get(ME)
    assert answer.status_code == 200
    data = data_of(answer)
    assert (data["id"], data["role"]) == (str(caller.id), READER)
    assert "argon2" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store, no-transform"


async def test_has_a_tag(nobody: Api) -> None:
    caller = await sign_in(nobody)
    headers = {"If-None-Match": (await nobody.get(ME)).headers["etag"]}
    assert (await nobody.get(ME, headers=headers)).status_code == 304
    earlier = update(UserModel).where(UserModel.id == caller.id)
    async with nobody.db.connect() as connection:
        await connection.execute(earlier.values(created_at=datetime(1970, 1, 1, tzinfo=UTC)))
    assert (await nobody.get(ME, headers=headers)).status_code == 200


async def test_changes_what_is_theirs_to_change_and_only_the_state_that_was_seen(
    nobody: Api,
) -> None:
    await sign_in(nobody, ADMIN)
    headers = {"If-Match": (await nobody.get(ME)).headers["etag"]}
    change = {"data": profile_body()}
    changed = await nobody.patch(ME, json=change, headers=headers)
    assert changed.status_code == 200
    assert data_of(await nobody.get(ME)) == data_of(changed)
    assert (await nobody.patch(ME, json=change, headers=headers)).status_code == 412


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", ADMIN),
        ("disabled", False),
        ("email", "other@example.com"),
        ("password", "open the red door"),
        ("passwordHash", "x"),
        ("id", "01890000-0000-7000-8000-000000000000"),
    ],
)
async def test_does_not_change(nobody: Api, field: str, value: object) -> None:
    await sign_in(nobody)
    answer = await nobody.patch(ME, json={"data": {field: value}})
    assert answer.status_code == 422
    assert fields_of(answer) == [field]


async def test_answers_404_when_the_user_is_gone(nobody: Api) -> None:
    caller = await sign_in(nobody)
    assert (await nobody.get(ME)).status_code == 200
    async with nobody.db.connect() as connection:
        await connection.execute(delete(UserModel).where(UserModel.id == caller.id))
    assert (await nobody.get(ME)).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", ME, "GET, HEAD, PATCH"),
        ("PUT", f"{ME}/password", "PATCH"),
        ("GET", f"{AUTH}/login", "POST"),
        ("DELETE", f"{ME}/sessions", "GET, HEAD"),
    ],
)
async def test_answers_405(nobody: Api, method: str, path: str, allow: str) -> None:
    await sign_in(nobody)
    answer = await nobody.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allow
