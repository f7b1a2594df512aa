import pytest

from tests.accounts import bearer
from tests.api import Api
from tests.logins import AUTH, data_of, log_in, read_me, refresh, register
from tests.samples.users import insert_user

pytestmark = pytest.mark.anyio


async def test_ends_this_session_and_no_other(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    phone, laptop = [data_of(await log_in(nobody, email)) for _ in range(2)]
    answer = await nobody.post(f"{AUTH}/logout", headers=bearer(phone["accessToken"]))
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await read_me(nobody, phone["accessToken"])).status_code == 401
    assert (await refresh(nobody, phone["refreshToken"])).status_code == 401
    assert (await read_me(nobody, laptop["accessToken"])).status_code == 200
    assert (await refresh(nobody, laptop["refreshToken"])).status_code == 200


async def test_of_all_ends_every_session_of_this_user(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    other = data_of(await register(nobody, "other@example.com"))
    phone, laptop = [data_of(await log_in(nobody, email)) for _ in range(2)]
    answer = await nobody.post(f"{AUTH}/logout-all", headers=bearer(phone["accessToken"]))
    assert answer.status_code == 204
    for ended in (phone, laptop):
        assert (await read_me(nobody, ended["accessToken"])).status_code == 401
        assert (await refresh(nobody, ended["refreshToken"])).status_code == 401
    assert (await refresh(nobody, other["refreshToken"])).status_code == 200
