"""What is not believed of a browser that comes back."""

import pytest

from app.db.database import Database
from app.oidc.models import AttemptModel
from tests.api import start_api
from tests.oidc.fake import FakeProvider
from tests.oidc.page import ADA, INVALID, OIDC, Page, expire, settings_for

pytestmark = pytest.mark.anyio


async def test_needs_the_state_the_browser_and_the_provider_once(
    page: Page,
    provider: FakeProvider,
) -> None:
    url, cookie = await page.begin()
    back = provider.authorize(url, ADA)
    _, other = await page.begin()
    expired = "/signed-in#error=expired"
    assert await page.come_back({**back, "state": "x" * 43}, cookie) == expired
    assert await page.come_back(back, other) == expired
    assert await page.come_back(back, "") == expired
    assert await page.come_back(back, cookie, "other") == expired
    assert "#code=" in await page.come_back(back, cookie)
    assert await page.come_back(back, cookie) == expired


async def test_keeps_the_cookie_of_another_attempt(page: Page, provider: FakeProvider) -> None:
    url, cookie = await page.begin()
    headers = {"Cookie": cookie}
    callback = f"{OIDC}/one/callback"
    strange = await page.api.get(f"{callback}?state=none&code=none", headers=headers)
    assert "set-cookie" not in strange.headers
    own = await page.api.get(callback, params=provider.authorize(url, ADA), headers=headers)
    assert "Max-Age=0" in own.headers["set-cookie"]
    assert f"Path={OIDC}" in own.headers["set-cookie"]


async def test_refuses_a_code_of_another_attempt(page: Page, provider: FakeProvider) -> None:
    (url, cookie), (other_url, other) = [await page.begin(), await page.begin()]
    back = provider.authorize(url, ADA)
    planted = provider.authorize(other_url, {**ADA, "sub": "eve-1"})
    assert await page.come_back({**planted, "code": back["code"]}, other) == INVALID
    assert await page.come_back(back, cookie) == INVALID


@pytest.mark.parametrize("name", ["state", "code"])
async def test_refuses_an_answer_with_a_parameter_that_comes_twice(
    page: Page,
    provider: FakeProvider,
    name: str,
) -> None:
    url, cookie = await page.begin()
    back = provider.authorize(url, ADA)
    told = await page.come_back({**back, name: [back[name], back[name]]}, cookie)
    assert told == INVALID


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:1", None])
async def test_refuses_an_answer_of_another_issuer(
    page: Page,
    provider: FakeProvider,
    issuer: str | None,
) -> None:
    url, cookie = await page.begin()
    back = {**provider.authorize(url, ADA), "iss": issuer}
    told = {name: value for name, value in back.items() if value is not None}
    assert await page.come_back(told, cookie) == INVALID


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("access_denied", "access_denied"),
        ("temporarily_unavailable", "provider_unavailable"),
        ("invalid_scope", "invalid_response"),
    ],
)
async def test_tells_what_the_provider_refuses(
    page: Page,
    provider: FakeProvider,
    error: str,
    reason: str,
) -> None:
    url, cookie = await page.begin()
    back = provider.authorize(url, ADA)
    told = {"error": error, "state": back["state"], "iss": back["iss"]}
    assert await page.come_back(told, cookie) == f"/signed-in#error={reason}"


async def test_refuses_an_answer_after_ten_minutes(page: Page, provider: FakeProvider) -> None:
    url, cookie = await page.begin()
    await expire(page.api, AttemptModel)
    told = await page.come_back(provider.authorize(url, ADA), cookie)
    assert told == "/signed-in#error=expired"


async def test_refuses_who_is_new_where_nobody_can_register(
    db: Database,
    page: Page,
    provider: FakeProvider,
) -> None:
    settings = settings_for(provider)
    async with start_api(db, **settings, registration="closed") as closed:
        told = await Page(closed, provider).visit(ADA)
    assert told == "/signed-in#error=registration_closed"


async def test_knows_no_other_provider_and_takes_no_other_request(page: Page) -> None:
    api = page.api
    challenge = {"challenge": page.challenge}
    assert (await api.get(f"{OIDC}/none", params=challenge)).status_code == 404
    assert (await api.get(f"{OIDC}/none/callback")).status_code == 404
    for query in (
        "",
        "challenge=short",
        f"challenge={page.challenge}&ticket=a",
        "to=https://a.com",
    ):
        assert (await api.get(f"{OIDC}/one?{query}")).status_code == 422
