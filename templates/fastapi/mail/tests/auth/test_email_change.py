import asyncio
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select

from app.auth.email_tokens import issue_token
from app.auth.password_notice import notice_password_change
from app.mail.models import MailModel
from tests.api import Api
from tests.emails import BAD_TOKEN, EMAIL, details_of, log_in_new, post
from tests.log import collect_log
from tests.logins import ME, PASSWORD, data_of, log_in
from tests.mails import letter_to, mail_to, token_for
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio


async def change(api: Api, email: str = EMAIL, password: str = SAMPLE_PASSWORD) -> Response:
    return await post(api, "change-email", email=email, currentPassword=password)


async def me(api: Api) -> dict[str, Any]:
    user = data_of(await api.get(ME))
    return {"email": user["email"], "emailVerified": user["emailVerified"]}


async def test_changes_nothing_before_it_is_confirmed_and_then_tells_the_old_address(
    nobody: Api,
) -> None:
    before = (await log_in_new(nobody))["email"]
    answer = await change(nobody)
    assert (answer.status_code, data_of(answer)) == (202, {"email": EMAIL})
    assert await me(nobody) == {"email": before, "emailVerified": False}
    token = await token_for(nobody, EMAIL)
    with collect_log() as log:
        assert (await post(nobody, "verify-email", token=token)).status_code == 204
    assert log.events() == ["email_changed"]
    assert await me(nobody) == {"email": EMAIL, "emailVerified": True}
    assert (await letter_to(nobody, before)).name == "email-changed"
    assert (await log_in(nobody, EMAIL)).status_code == 200


async def test_refuses_a_wrong_password(nobody: Api) -> None:
    await log_in_new(nobody)
    with collect_log() as log:
        answer = await change(nobody, password="a wrong password")
    message = "The current password is incorrect"
    assert details_of(answer) == [{"field": "currentPassword", "message": message}]
    assert log.events() == ["email_change_failed"]
    assert await mail_to(nobody, EMAIL) is None


async def test_to_the_address_of_another_user_sends_nothing(nobody: Api) -> None:
    other = (await insert_user(nobody.db))["email"]
    await log_in_new(nobody)
    assert (await change(nobody, other)).status_code == 202
    assert await mail_to(nobody, other) is None


async def test_is_void_if_the_password_changes_meanwhile(nobody: Api) -> None:
    before = (await log_in_new(nobody))["email"]
    await change(nobody)
    token = await token_for(nobody, EMAIL)
    data = {"currentPassword": SAMPLE_PASSWORD, "newPassword": PASSWORD}
    assert (await nobody.patch(f"{ME}/password", json={"data": data})).status_code == 204
    assert details_of(await post(nobody, "verify-email", token=token)) == BAD_TOKEN
    assert (await letter_to(nobody, before)).name == "password-changed"


async def test_is_void_if_the_password_changes_while_its_mail_is_composed(nobody: Api) -> None:
    user = await log_in_new(nobody)
    await change(nobody)

    async def change_password() -> None:
        async with nobody.db.begin() as connection:
            await notice_password_change(connection, user["id"])

    async with nobody.db.begin() as connection:
        token = await issue_token(connection, "email", EMAIL, user_id=user["id"])
        await connection.execute(select(MailModel.id).with_for_update(read=True, key_share=True))
        changing = asyncio.create_task(change_password())
        await asyncio.sleep(0.2)
    await changing
    assert details_of(await post(nobody, "verify-email", token=token)) == BAD_TOKEN
