from typing import Any

import pytest
from sqlalchemy import update

from app.db.clock import now
from app.modules.users.models import UserModel
from tests.api import Api
from tests.emails import BAD_TOKEN, details_of, log_in_new, post
from tests.log import collect_log
from tests.logins import PASSWORD, data_of, log_in, read_me, refresh
from tests.mails import letter_to, mail_to, token_for
from tests.passwords import QUICK_PASSWORDS
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio


async def reset_token(api: Api, email: str) -> str:
    await post(api, "forgot-password", email=email)
    return await token_for(api, email)


async def test_changes_the_password_ends_all_sessions_and_confirms_the_address(
    nobody: Api,
) -> None:
    email = (await insert_user(nobody.db))["email"]
    before = data_of(await log_in(nobody, email))
    token = await reset_token(nobody, email.upper().lower())
    with collect_log() as log:
        answer = await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert (answer.status_code, log.events()) == (204, ["password_reset"])
    assert (await letter_to(nobody, email)).name == "password-changed"
    assert (await log_in(nobody, email)).status_code == 401
    after = data_of(await log_in(nobody, email, PASSWORD))
    assert after["user"]["emailVerified"] is True
    assert (await refresh(nobody, before["refreshToken"])).status_code == 401
    assert (await read_me(nobody, before["accessToken"])).status_code == 401
    again = await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert details_of(again) == BAD_TOKEN


async def test_refuses_a_weak_password_and_the_link_still_works(nobody: Api) -> None:
    token = await reset_token(nobody, (await insert_user(nobody.db))["email"])
    weak = await post(nobody, "reset-password", token=token, password="Password1234")
    assert [each["field"] for each in details_of(weak)] == ["password"]
    answer = await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert answer.status_code == 204


@pytest.mark.parametrize(
    "change",
    [{"disabled_at": now()}, {"email": "other@example.com"}],
    ids=["was disabled", "has another address"],
)
async def test_refuses_the_link_of_a_user_who_meanwhile(
    nobody: Api,
    change: dict[str, Any],
) -> None:
    user = await insert_user(nobody.db)
    token = await reset_token(nobody, user["email"])
    changed = update(UserModel).where(UserModel.id == user["id"]).values(change)
    async with nobody.db.connect() as connection:
        await connection.execute(changed)
    answer = await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert details_of(answer) == BAD_TOKEN


async def test_holds_no_connection_while_it_hashes(
    nobody: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = await reset_token(nobody, (await insert_user(nobody.db))["email"])
    used: list[int] = []
    hash_it = QUICK_PASSWORDS.hash

    async def watch(password: str) -> str:
        used.append(nobody.db.usage()["used"])
        return await hash_it(password)

    monkeypatch.setattr(QUICK_PASSWORDS, "hash", watch)
    await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert used == [0]


async def test_sends_nothing_to_a_disabled_user(nobody: Api) -> None:
    email = (await insert_user(nobody.db, disabled_at=now()))["email"]
    assert (await post(nobody, "forgot-password", email=email)).status_code == 202
    assert await mail_to(nobody, email) is None


async def test_voids_a_change_of_the_address_that_was_asked_for_before(nobody: Api) -> None:
    email = (await log_in_new(nobody))["email"]
    asked = {"currentPassword": SAMPLE_PASSWORD}
    await post(nobody, "change-email", email="eve@example.com", **asked)
    stolen = await token_for(nobody, "eve@example.com")
    await post(nobody, "change-email", email="eve2@example.com", **asked)
    late = await token_for(nobody, "eve2@example.com")
    await post(nobody, "forgot-password", email=email)
    await post(nobody, "change-email", email="eve3@example.com", **asked)
    token = await token_for(nobody, email)
    await post(nobody, "change-email", email="eve4@example.com", **asked)
    answer = await post(nobody, "reset-password", token=token, password=PASSWORD)
    assert answer.status_code == 204
    for each in (stolen, late, await token_for(nobody, "eve3@example.com")):
        assert details_of(await post(nobody, "verify-email", token=each)) == BAD_TOKEN
    # The mail that was on its way is gone as well.
    assert await mail_to(nobody, "eve4@example.com") is None
