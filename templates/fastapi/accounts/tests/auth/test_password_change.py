from typing import Any

import pytest
from httpx import Response

from tests.accounts import bearer, sign_in
from tests.api import Api
from tests.log import collect_log
from tests.logins import ME, NEW_PASSWORD, data_of, log_in, read_me, refresh
from tests.roles import ADMIN
from tests.rows import fields_of
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio


async def change(api: Api, token: str, current: str) -> Response:
    data = {"currentPassword": current, "newPassword": NEW_PASSWORD}
    return await api.patch(f"{ME}/password", json={"data": data}, headers=bearer(token))


async def test_changes_and_every_other_session_ends(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    mine, other = [data_of(await log_in(nobody, email)) for _ in range(2)]
    assert (await read_me(nobody, other["accessToken"])).status_code == 200
    with collect_log() as log:
        answer = await change(nobody, mine["accessToken"], SAMPLE_PASSWORD)
    assert (answer.status_code, answer.content) == (204, b"")
    assert log.events() == ["password_changed"]

    assert (await read_me(nobody, other["accessToken"])).status_code == 401
    assert (await refresh(nobody, other["refreshToken"])).status_code == 401
    assert (await read_me(nobody, mine["accessToken"])).status_code == 200
    assert (await refresh(nobody, mine["refreshToken"])).status_code == 200
    assert (await log_in(nobody, email)).status_code == 401
    assert (await log_in(nobody, email, NEW_PASSWORD)).status_code == 200


async def test_does_not_change_for_somebody_who_does_not_know_it(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    token = data_of(await log_in(nobody, email))["accessToken"]
    with collect_log() as log:
        answer = await change(nobody, token, "a guess")
    assert answer.status_code == 422
    message = "The current password is incorrect"
    assert answer.json()["error"]["details"] == [{"field": "currentPassword", "message": message}]
    assert log.events() == ["password_change_failed"]
    assert (await log_in(nobody, email)).status_code == 200


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, ["currentPassword", "newPassword"]),
        ({"currentPassword": SAMPLE_PASSWORD, "newPassword": "short"}, ["newPassword"]),
        ({"currentPassword": SAMPLE_PASSWORD, "newPassword": "password1234"}, ["newPassword"]),
        (
            {
                "currentPassword": SAMPLE_PASSWORD,
                "newPassword": NEW_PASSWORD,
                "role": ADMIN,
            },
            ["role"],
        ),
    ],
    ids=["nothing", "a short one", "a common one", "more"],
)
async def test_refuses(nobody: Api, values: dict[str, Any], fields: list[str]) -> None:
    await sign_in(nobody)
    answer = await nobody.patch(f"{ME}/password", json={"data": values})
    assert answer.status_code == 422
    assert fields_of(answer) == fields
    assert SAMPLE_PASSWORD not in answer.text
