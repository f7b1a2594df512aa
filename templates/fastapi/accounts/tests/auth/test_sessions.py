from uuid import uuid4

import pytest
from sqlalchemy import select

from app.auth.models import AuthSessionModel
from app.auth.roles import DEFAULT_ROLE
from tests.accounts import bearer, sign_in
from tests.api import Api
from tests.log import collect_log
from tests.logins import AUTH, ME, data_of, log_in, read_me, refresh
from tests.roles import ADMIN
from tests.rows import ids_of, walk
from tests.samples.users import insert_user

pytestmark = pytest.mark.anyio

URL = f"{ME}/sessions"


async def test_are_those_of_the_caller_that_live_newest_first(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    await log_in(nobody, (await insert_user(nobody.db))["email"])
    ended = data_of(await log_in(nobody, email))
    await nobody.post(f"{AUTH}/logout", headers=bearer(ended["accessToken"]))
    await log_in(nobody, email)
    token = data_of(await log_in(nobody, email))["accessToken"]
    answer = await nobody.get(URL, headers=bearer(token))
    assert answer.status_code == 200
    rows = answer.json()["data"]
    assert [row["isCurrent"] for row in rows] == [True, False]
    names = ["createdAt", "expiresAt", "id", "isCurrent", "lastUsedAt", "userAgent"]
    assert sorted(rows[0]) == names
    assert rows[0]["userAgent"].startswith("python-httpx/")


async def test_have_pages(nobody: Api) -> None:
    caller = await sign_in(nobody)
    own = ids_of((await nobody.get(URL)).json()["data"])
    sessions = nobody.app.state.sessions
    for _ in range(4):
        async with nobody.db.begin() as connection:
            await sessions.begin(connection, caller.id, DEFAULT_ROLE, "x" * 999)
    ids = await walk(nobody, URL, sortOrder="asc")
    assert len(ids) == 5
    assert ids[0] == own[0]
    assert (await nobody.get(f"{URL}?limit=100000")).status_code == 422


async def test_end_one_by_one(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    phone, laptop = [data_of(await log_in(nobody, email)) for _ in range(2)]
    headers = bearer(phone["accessToken"])
    newest = ids_of((await nobody.get(URL, headers=headers)).json()["data"])[0]
    path = f"{URL}/{newest}"
    with collect_log() as log:
        answer = await nobody.delete(path, headers=headers)
        assert answer.status_code == 204
        assert "content-type" not in answer.headers
    assert (log.events(), log.security()[0]["sessionId"]) == (["session_ended"], newest)
    assert (await nobody.delete(path, headers=headers)).status_code == 404
    assert (await refresh(nobody, laptop["refreshToken"])).status_code == 401
    assert (await read_me(nobody, laptop["accessToken"])).status_code == 401
    assert (await refresh(nobody, phone["refreshToken"])).status_code == 200


async def test_of_somebody_else_do_not_exist(nobody: Api) -> None:
    await sign_in(nobody)
    theirs = ids_of((await nobody.get(URL)).json()["data"])[0]
    await sign_in(nobody, ADMIN)
    unknown = await nobody.delete(f"{URL}/{uuid4()}")
    for each in (theirs, "garbage"):
        answer = await nobody.delete(f"{URL}/{each}")
        assert answer.status_code == 404
        assert answer.json()["error"] == unknown.json()["error"]
    asked = select(AuthSessionModel.revoked_at).where(AuthSessionModel.id == theirs)
    async with nobody.db.connect() as connection:
        assert (await connection.execute(asked)).scalar_one() is None
