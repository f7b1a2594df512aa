import pytest
from sqlalchemy import text

from tests.accounts import bearer
from tests.api import Api
from tests.log import collect_log
from tests.logins import AUTH, ME, PASSWORD, data_of, log_in, refresh, register, stored_hash

pytestmark = pytest.mark.anyio

WRONG = "a wrong password"
KINDS = ("accessToken", "refreshToken")


async def test_the_log_and_the_answers_hold_no_password_token_or_hash(nobody: Api) -> None:
    with collect_log() as log:
        first = data_of(await register(nobody))
        following = data_of(await refresh(nobody, first["refreshToken"]))
        await refresh(nobody, first["refreshToken"])
        async with nobody.db.connect() as connection:
            earlier = "update auth_refresh_tokens set used_at = used_at - interval '11 seconds'"
            await connection.execute(text(earlier))
        await refresh(nobody, first["refreshToken"])
        await log_in(nobody, "ada@example.com", WRONG)
        headers = {**bearer(following["accessToken"]), "Cookie": "session=a-cookie"}
        await nobody.get(f"{ME}?token={following['accessToken']}", headers=headers)
        too_long = {"email": "ada@example.com", "password": WRONG * 20}
        answer = await nobody.post(f"{AUTH}/register", json={"data": too_long})

    assert len(log.events()) > 3
    secrets = [PASSWORD, WRONG, "a-cookie", await stored_hash(nobody, first["user"]["id"])]
    secrets += [tokens[kind] for tokens in (first, following) for kind in KINDS]
    for secret in secrets:
        assert secret not in log.text()
        assert secret not in answer.text
    assert "argon2" not in log.text()
