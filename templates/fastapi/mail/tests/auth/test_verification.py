import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from app.auth.email_models import RegistrationModel
from tests.api import Api
from tests.emails import (
    BAD_TOKEN,
    EMAIL,
    details_of,
    expire_tokens,
    log_in_new,
    post,
    request_account,
)
from tests.log import collect_log
from tests.logins import ME, NEW_PASSWORD, PASSWORD, data_of, log_in
from tests.mails import token_for
from tests.samples.users import insert_user

pytestmark = pytest.mark.anyio


async def test_after_a_registration_makes_the_user_once(nobody: Api) -> None:
    with collect_log() as log:
        await request_account(nobody, "Ada@Example.com")
        token = await token_for(nobody, EMAIL)
        assert (await post(nobody, "verify-email", token=token)).status_code == 204
    assert log.events() == ["registration_requested", "mail_sent", "registered"]
    assert data_of(await log_in(nobody, EMAIL, PASSWORD))["user"]["emailVerified"] is True
    assert details_of(await post(nobody, "verify-email", token=token)) == BAD_TOKEN
    async with nobody.db.connect() as connection:
        assert (await connection.execute(select(RegistrationModel.id))).all() == []


async def test_takes_the_password_that_is_confirmed_and_voids_the_others(nobody: Api) -> None:
    await request_account(nobody, EMAIL, NEW_PASSWORD)
    first = await token_for(nobody, EMAIL)
    await request_account(nobody)
    second = await token_for(nobody, EMAIL)
    assert (await post(nobody, "verify-email", token=second)).status_code == 204
    assert details_of(await post(nobody, "verify-email", token=first)) == BAD_TOKEN
    assert (await log_in(nobody, EMAIL, PASSWORD)).status_code == 200


async def test_of_two_links_at_once_makes_one_user(nobody: Api) -> None:
    tokens: list[str] = []
    for _ in range(2):
        await request_account(nobody)
        tokens.append(await token_for(nobody, EMAIL))
    answers = await asyncio.gather(*(post(nobody, "verify-email", token=each) for each in tokens))
    assert sorted(answer.status_code for answer in answers) == [204, 422]


async def no_token(_api: Api) -> str:
    return "x" * 43


async def expired(api: Api) -> str:
    token = await token_for(api, EMAIL)
    await expire_tokens(api)
    return token


async def of_an_address_that_has_a_user_by_now(api: Api) -> str:
    token = await token_for(api, EMAIL)
    await insert_user(api.db, email=EMAIL)
    return token


async def for_another_purpose(api: Api) -> str:
    await insert_user(api.db, email="eve@example.com")
    await post(api, "forgot-password", email="eve@example.com")
    return await token_for(api, "eve@example.com")


@pytest.mark.parametrize(
    "make",
    [no_token, expired, of_an_address_that_has_a_user_by_now, for_another_purpose],
)
async def test_refuses_a_token_without_repeating_it(
    nobody: Api,
    make: Callable[[Api], Awaitable[str]],
) -> None:
    await request_account(nobody)
    token = await make(nobody)
    assert details_of(await post(nobody, "verify-email", token=token)) == BAD_TOKEN


async def test_of_a_user_is_asked_for_and_done_once(nobody: Api) -> None:
    email = (await log_in_new(nobody))["email"]
    answer = await post(nobody, "send-verification")
    assert (answer.status_code, data_of(answer)) == (202, {"email": email})
    token = await token_for(nobody, email)
    assert (await post(nobody, "verify-email", token=token)).status_code == 204
    assert data_of(await nobody.get(ME))["emailVerified"] is True
    await post(nobody, "send-verification")
    assert await token_for(nobody, email) == token


@pytest.mark.parametrize("name", ["send-verification", "change-email", "invite"])
async def test_needs_a_user(nobody: Api, name: str) -> None:
    assert (await post(nobody, name)).status_code == 401
