"""Sign-in at a provider, from the first step to the last."""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import select, update

from app.about import BASE_PATH
from app.db.clock import now
from app.modules.users.models import UserModel
from app.oidc.models import AttemptModel, CodeModel, IdentityModel
from tests.api import Api
from tests.log import collect_log
from tests.logins import data_of, log_in, read_me
from tests.oidc.fake import Claims, FakeProvider
from tests.oidc.page import ADA, OIDC, Page, expire, number_of
from tests.samples.users import insert_user

pytestmark = pytest.mark.anyio

BAD_CODE = [{"field": "code", "message": "The code is invalid or has expired"}]


async def test_is_offered_for_every_provider(api: Api) -> None:
    answer = await api.get(OIDC)
    assert answer.json()["data"] == [{"name": "one"}, {"name": "other"}]


async def test_goes_to_the_provider_bound_to_the_browser(
    page: Page,
    provider: FakeProvider,
) -> None:
    answer = await page.api.get(f"{OIDC}/one", params={"challenge": page.challenge})
    where, _, query = answer.headers["location"].partition("?")
    asked = dict(parse_qsl(query))
    random = {name: asked.pop(name) for name in ("code_challenge", "nonce", "state")}
    assert (answer.status_code, where) == (302, f"{provider.issuer}/authorize")
    assert asked == {
        "response_type": "code",
        "client_id": "shop",
        "redirect_uri": f"http://localhost:3000{OIDC}/one/callback",
        "scope": "openid email",
        "code_challenge_method": "S256",
    }
    assert all(re.fullmatch(r"[\w-]{43}", value) for value in random.values())
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert re.fullmatch(r"__Secure-oidc=[\w-]{43}", cookie)
    usual = ["HttpOnly", "Max-Age=600", f"Path={OIDC}", "SameSite=lax", "Secure"]
    assert sorted(attributes) == usual
    assert "no-store" in answer.headers["cache-control"]


async def test_makes_a_user_without_a_password_and_signs_in_the_same_again(page: Page) -> None:
    with collect_log() as log:
        first = await page.sign_in(ADA)
        again = await page.sign_in({**ADA, "email": "other@example.com"})
    assert (first.status_code, first.headers["location"]) == (201, f"{BASE_PATH}/me")
    user = data_of(first)["user"]
    assert user["email"] == "ada@example.com"
    assert data_of(await read_me(page.api, data_of(first)["accessToken"]))["id"] == user["id"]
    assert (again.status_code, data_of(again)["user"]["id"]) == (200, user["id"])
    assert log.events() == ["registered", "login_ok"]
    refused = await log_in(page.api, "ada@example.com")
    assert refused.status_code == 401


async def test_asks_userinfo_for_what_the_id_token_does_not_tell(page: Page) -> None:
    profile = {"email": "eve@example.com", "email_verified": "true"}
    answer = await page.sign_in({"sub": "eve-1"}, profile=profile)
    assert (answer.status_code, data_of(answer)["user"]["email"]) == (201, "eve@example.com")


async def test_takes_userinfo_of_the_same_person_only(page: Page) -> None:
    profile = {"sub": "eve-1", "email": "eve@example.com", "email_verified": True}
    told = await page.visit({"sub": "ada-1"}, profile=profile)
    assert told == "/signed-in#error=invalid_response"


async def test_of_one_browser_is_not_that_of_another(page: Page, provider: FakeProvider) -> None:
    (url, cookie), (_, other) = [await page.begin(), await Page(page.api, provider).begin()]
    assert cookie != other
    told = await page.come_back(provider.authorize(url, ADA), cookie)
    assert (await page.complete(told)).status_code == 201


async def test_stores_no_secret_and_logs_none(page: Page, provider: FakeProvider) -> None:
    with collect_log() as log:
        url, cookie = await page.begin()
        back = provider.authorize(url, ADA)
        stored = await _rows(page.api, AttemptModel)
        told = await page.come_back(back, cookie)
        stored += await _rows(page.api, CodeModel)
    asked = dict(parse_qsl(url.partition("?")[2]))
    secrets = [cookie.partition("=")[2], asked["state"], asked["nonce"], back["code"]]
    secrets.append(page.exchange(told)["code"])
    assert all(len(secret) >= 32 for secret in secrets)
    assert [secret for secret in secrets if secret in stored + log.text()] == []
    assert "ada@example.com" not in log.text()


async def test_deletes_what_nobody_came_back_for(page: Page) -> None:
    await page.visit(ADA)
    await page.begin()
    await expire(page.api, AttemptModel)
    await expire(page.api, CodeModel)
    await page.visit(ADA)
    assert await number_of(page.api, AttemptModel) == 0
    assert await number_of(page.api, CodeModel) == 1


async def test_links_no_account_whose_address_is_not_verified_here(page: Page) -> None:
    await insert_user(page.api.db, email="ada@example.com")
    assert await page.visit(ADA) == "/signed-in#error=account_exists"


async def test_takes_a_code_once_also_of_two_at_the_same_time(page: Page) -> None:
    told = await page.visit(ADA)
    answers = await asyncio.gather(page.complete(told), page.complete(told))
    assert sorted(each.status_code for each in answers) == [201, 422]
    assert (await page.complete(told)).json()["error"]["details"] == BAD_CODE


async def test_takes_no_code_of_another_page_and_then_from_none(page: Page) -> None:
    told = await page.visit(ADA)
    for verifier in ("another-verifier".ljust(43, "~"), None):
        refused = await page.complete(told, verifier)
        assert (refused.status_code, refused.json()["error"]["details"]) == (422, BAD_CODE)


async def test_takes_no_code_that_has_expired(page: Page) -> None:
    told = await page.visit(ADA)
    await expire(page.api, CodeModel)
    assert (await page.complete(told)).json()["error"]["details"] == BAD_CODE


async def test_refuses_a_user_who_is_disabled_in_the_meantime(page: Page) -> None:
    await page.sign_in(ADA)
    told = await page.visit(ADA)
    async with page.api.db.connect() as connection:
        await connection.execute(update(UserModel).values(disabled_at=now()))
    assert (await page.complete(told)).status_code == 401
    assert await page.visit(ADA) == "/signed-in#error=access_denied"


async def test_refuses_a_new_user_whose_address_was_taken_in_the_meantime(page: Page) -> None:
    told = await page.visit(ADA)
    await insert_user(page.api.db, email="ada@example.com")
    assert (await page.complete(told)).status_code == 409
    assert await number_of(page.api, IdentityModel) == 0


async def test_repeats_neither_the_code_nor_the_verifier(api: Api) -> None:
    data = {"code": "x" * 101, "verifier": "short", "none": 1}
    answer = await api.post(f"{OIDC}/complete", json={"data": data})
    details = answer.json()["error"]["details"]
    assert [each["field"] for each in details] == ["code", "verifier", "none"]
    assert [each for each in details if "value" in each] == []


@pytest.mark.parametrize(
    "claims",
    [
        {"email": None},
        {"email": "ada"},
        {"email_verified": False},
        {"email_verified": None},
    ],
    ids=["no address", "a broken one", "one that is not verified", "one of which nothing is said"],
)
async def test_refuses_who_is_new_and_has(page: Page, claims: Claims) -> None:
    told = await page.visit({**ADA, **claims})
    assert told == "/signed-in#error=email_unverified"


async def _rows(api: Api, model: Any) -> str:
    async with api.db.connect() as connection:
        return str((await connection.execute(select(model))).all())
