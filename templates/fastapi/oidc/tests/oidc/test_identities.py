"""Identities that users link and unlink, and users who have no password."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import update

from app.about import BASE_PATH
from app.auth.models import AuthSessionModel
from app.db.clock import now
from app.oidc.models import IdentityModel
from tests.accounts import authorize, sign_out
from tests.api import Api
from tests.log import collect_log
from tests.logins import ME, data_of, log_in
from tests.oidc.fake import Claims
from tests.oidc.page import ADA, OIDC, Page, number_of
from tests.samples.users import SAMPLE_PASSWORD, insert_user

pytestmark = pytest.mark.anyio

IDENTITIES = f"{ME}/identities"
SECOND: Claims = {**ADA, "sub": "ada-2"}


async def as_user(api: Api) -> dict[str, Any]:
    """A user with a password, who sends every request from now on."""
    user = await insert_user(api.db)
    tokens = data_of(await log_in(api, user["email"]))
    authorize(api, f"Bearer {tokens['accessToken']}")
    return user


async def as_guest(page: Page) -> dict[str, Any]:
    """A user without a password, who sends every request from now on."""
    signed_in = data_of(await page.sign_in(ADA))
    authorize(page.api, f"Bearer {signed_in['accessToken']}")
    user: dict[str, Any] = signed_in["user"]
    return user


async def ask_link(page: Page, password: str | None = None, provider: str = "one") -> Response:
    given = {} if password is None else {"currentPassword": password}
    data = {"challenge": page.challenge, **given}
    return await page.api.post(f"{OIDC}/{provider}/link", json={"data": data})


async def visit_to_link(page: Page, claims: Claims = ADA) -> str:
    """Goes to the provider to link an identity. Returns what the page at the end is told."""
    url = data_of(await ask_link(page, SAMPLE_PASSWORD))["url"]
    return await page.visit(claims, path=url.removeprefix("http://localhost:3000"))


async def exchange(page: Page, told: str) -> Response:
    return await page.api.post(IDENTITIES, json={"data": page.exchange(told)})


async def link(page: Page, claims: Claims = ADA) -> Response:
    return await exchange(page, await visit_to_link(page, claims))


async def age_sessions(api: Api, minutes: int) -> None:
    aged = update(AuthSessionModel).values(created_at=now() - timedelta(minutes=minutes))
    async with api.db.connect() as connection:
        await connection.execute(aged)


async def test_adds_a_way_to_sign_in_for_who_asked(page: Page) -> None:
    user = await as_user(page.api)
    with collect_log() as log:
        linked = await link(page)
    row = data_of(linked)
    where = f"{IDENTITIES}/{row['id']}"
    assert (linked.status_code, linked.headers["location"]) == (201, where)
    assert (row["provider"], row["email"]) == ("one", "ada@example.com")
    assert row["lastUsedAt"] is None
    assert (await page.api.get(IDENTITIES)).json()["data"] == [row]
    assert log.events() == ["identity_linked"]
    sign_out(page.api)
    assert data_of(await page.sign_in(ADA))["user"]["id"] == str(user["id"])


async def test_needs_the_password_or_a_new_session(page: Page) -> None:
    await as_user(page.api)
    with collect_log() as log:
        for password in (None, "a wrong password"):
            refused = await ask_link(page, password)
            assert refused.status_code == 422
            assert refused.json()["error"]["details"][0]["field"] == "currentPassword"
    assert log.events() == ["identity_link_failed"] * 2
    sign_out(page.api)
    await as_guest(page)
    assert (await ask_link(page)).status_code == 200
    await age_sessions(page.api, 11)
    assert (await ask_link(page)).status_code == 403


async def test_keeps_codes_of_links_and_of_sign_ins_apart(page: Page) -> None:
    await as_user(page.api)
    told = await visit_to_link(page)
    await as_user(page.api)
    assert (await exchange(page, told)).status_code == 422
    assert (await page.complete(told)).status_code == 422
    sign_out(page.api)
    other = await page.visit(ADA)
    await as_user(page.api)
    assert (await exchange(page, other)).status_code == 422
    assert await number_of(page.api, IdentityModel) == 0


async def test_takes_a_ticket_once_at_its_provider(page: Page) -> None:
    await as_user(page.api)
    url = data_of(await ask_link(page, SAMPLE_PASSWORD))["url"]
    path = url.removeprefix("http://localhost:3000")
    expired = "https://app.example.com/linked#error=expired"
    assert (await page.begin(path.replace("/one", "/other")))[0] == expired
    assert (await page.begin(path))[0].startswith(page.provider.issuer)
    assert (await page.begin(path))[0] == expired


async def test_refuses_an_identity_of_another_user(page: Page) -> None:
    await as_user(page.api)
    told = await visit_to_link(page)
    taker = page.api.headers["Authorization"]
    sign_out(page.api)
    await Page(page.api, page.provider).sign_in(ADA)
    authorize(page.api, taker)
    assert (await exchange(page, told)).status_code == 409
    assert await visit_to_link(page) == "/linked#error=already_linked"


async def test_links_the_same_identity_once(page: Page) -> None:
    await as_user(page.api)
    first, second = await link(page), await link(page)
    assert (second.status_code, data_of(second)) == (201, data_of(first))


async def test_is_for_users_at_known_providers(page: Page) -> None:
    assert (await ask_link(page)).status_code == 401
    assert (await page.api.get(IDENTITIES)).status_code == 401
    await as_user(page.api)
    assert (await ask_link(page, provider="none")).status_code == 404


async def test_unlinks_all_but_the_last_way_to_sign_in(page: Page) -> None:
    await as_guest(page)
    [first] = (await page.api.get(IDENTITIES)).json()["data"]
    refused = await page.api.delete(f"{IDENTITIES}/{first['id']}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "CONFLICT")
    second = data_of(await link(page, SECOND))
    with collect_log() as log:
        answers = await asyncio.gather(
            *(page.api.delete(f"{IDENTITIES}/{each['id']}") for each in (first, second)),
        )
    assert sorted(each.status_code for each in answers) == [204, 409]
    assert log.events() == ["identity_unlinked"]


async def test_unlinks_own_identities_and_the_only_one_beside_a_password(page: Page) -> None:
    await as_user(page.api)
    other = data_of(await link(page))
    await as_user(page.api)
    assert (await page.api.delete(f"{IDENTITIES}/{other['id']}")).status_code == 404
    own = data_of(await link(page, SECOND))
    assert (await page.api.delete(f"{IDENTITIES}/{own['id']}")).status_code == 204


async def test_has_no_password_to_change(page: Page) -> None:
    await as_guest(page)
    data = {"currentPassword": SAMPLE_PASSWORD, "newPassword": "open the red door"}
    refused = await page.api.patch(f"{ME}/password", json={"data": data})
    error = refused.json()["error"]
    assert (refused.status_code, error["message"]) == (409, "This account has no password")


async def test_deletes_the_account_with_a_new_session_only(page: Page) -> None:
    user = await as_guest(page)
    await age_sessions(page.api, 11)
    assert (await _delete(page.api, user["id"])).status_code == 403
    await age_sessions(page.api, 9)
    assert (await _delete(page.api, user["id"])).status_code == 204
    assert await number_of(page.api, IdentityModel) == 0


async def test_names_the_password_where_there_is_one_to_delete_the_account(page: Page) -> None:
    user = await as_user(page.api)
    assert (await _delete(page.api, user["id"])).status_code == 422


async def _delete(api: Api, user_id: UUID | str) -> Response:
    body = {"data": {"password": None}}
    return await api.request("DELETE", f"{BASE_PATH}/users/{user_id}", json=body)
