"""What is not believed of a provider, and of a browser that comes back."""

import asyncio
import time
from collections.abc import Callable
from threading import Event

import pytest
from starlette.responses import RedirectResponse, Response

from app.db.database import Database
from app.oidc.models import AttemptModel, CodeModel
from tests.api import start_api
from tests.log import collect_log
from tests.oidc.fake import SETTINGS, Claims, FakeProvider, altered, new_key, unsigned
from tests.oidc.page import ADA, OIDC, PAGES, Page, expire, number_of, settings_for

pytestmark = pytest.mark.anyio

INVALID = "/signed-in#error=invalid_response"
UNAVAILABLE = "/signed-in#error=provider_unavailable"

Make = Callable[[FakeProvider, Claims], str]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another"},
        {"aud": ["shop", "another"]},
        {"aud": ["shop", "another"], "azp": "another"},
        {"iat": time.time() - 300, "exp": time.time() - 60},
        {"iat": time.time() + 300, "exp": time.time() + 600},
        {"exp": None},
        {"iat": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "a\0b"},
    ],
    ids=str,
)
async def test_refuses_an_id_token_with(page: Page, claims: Claims) -> None:
    with collect_log() as log:
        assert await page.visit({**ADA, **claims}) == INVALID
    assert log.events() == ["oidc_refused"]


@pytest.mark.parametrize(
    "make",
    [
        lambda provider, claims: provider.sign(claims, new_key()),
        lambda provider, claims: provider.sign(claims, new_key(), "two"),
        lambda _provider, claims: unsigned(claims),
        lambda provider, claims: altered(provider.sign(claims), {**claims, "sub": "eve-1"}),
        lambda _provider, _claims: "garbage",
    ],
    ids=[
        "another key signed",
        "an unknown key signed",
        "nobody signed",
        "was changed",
        "is garbage",
    ],
)
async def test_refuses_an_id_token_that(page: Page, provider: FakeProvider, make: Make) -> None:
    told = await page.visit(ADA, make_token=lambda claims: make(provider, claims))
    assert told == INVALID
    assert await number_of(page.api, CodeModel) == 0


async def test_takes_an_id_token_for_several_clients_that_was_made_for_this_one(page: Page) -> None:
    told = await page.visit({**ADA, "aud": ["shop", "another"], "azp": "shop"})
    assert told.startswith("/signed-in#code=")


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


async def test_starts_without_the_provider(db: Database, page: Page) -> None:
    assert await begin_anew(db, page, issuer="http://127.0.0.1:1") == UNAVAILABLE


async def test_asks_once_for_settings_and_again_after_a_failure(
    db: Database,
    page: Page,
    provider: FakeProvider,
) -> None:
    provider.faults[SETTINGS] = lambda: Response(status_code=503)
    async with start_api(db, **settings_for(provider)) as other:
        new = Page(other, provider)
        await new.begin()
        provider.faults.clear()
        await asyncio.gather(new.begin(), new.begin())
        await new.begin()
    assert provider.asked.count(SETTINGS) == 2


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://example.com"},
        {"authorization_endpoint": "http://example.com/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://example.com/token"},
        {"jwks_uri": None},
    ],
    ids=str,
)
async def test_does_not_trust_settings_with(
    db: Database,
    page: Page,
    provider: FakeProvider,
    metadata: Claims,
) -> None:
    provider.metadata = metadata
    assert await begin_anew(db, page) == UNAVAILABLE


async def test_follows_a_provider_nowhere_else(
    db: Database,
    page: Page,
    provider: FakeProvider,
) -> None:
    provider.faults[SETTINGS] = lambda: RedirectResponse(f"{provider.issuer}/elsewhere")
    assert await begin_anew(db, page) == UNAVAILABLE
    assert "/elsewhere" not in provider.asked


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/token", 500, "{}"),
        ("/token", 200, "<html>"),
        ("/jwks", 503, ""),
        ("/userinfo", 200, "<html>"),
        ("/token", 200, f'"{"x" * 1_100_000}"'),
    ],
    ids=["an error", "a page", "no keys", "a page for userinfo", "too much"],
)
async def test_tells_of_a_provider_that_answers(
    db: Database,
    page: Page,
    provider: FakeProvider,
    path: str,
    status: int,
    body: str,
) -> None:
    async with start_api(db, **settings_for(provider)) as new:
        one = Page(new, provider)
        url, cookie = await one.begin()
        back = provider.authorize(url, {"sub": "ada-1"})
        provider.faults[path] = lambda: Response(body, status)
        assert await one.come_back(back, cookie) == UNAVAILABLE


async def test_waits_for_a_provider_no_longer_than_its_deadline(
    db: Database,
    page: Page,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.oidc.exchange._PATIENCE", 0.2)
    has_ended = Event()

    def answer_late() -> Response:
        has_ended.wait(60)
        return Response()

    provider.faults[SETTINGS] = answer_late
    try:
        assert await begin_anew(db, page) == UNAVAILABLE
        assert not has_ended.is_set()
    finally:
        has_ended.set()


async def test_asks_for_new_keys_but_not_at_every_unknown_one(
    db: Database,
    page: Page,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with start_api(db, **settings_for(provider)) as new:
        one = Page(new, provider)
        assert "#code=" in await one.visit(ADA)
        provider.keys["two"] = new_key()

        def sign(claims: Claims) -> str:
            return provider.sign(claims, kid="two")

        assert await one.visit(ADA, make_token=sign) == INVALID
        assert provider.asked.count("/jwks") == 1
        monkeypatch.setattr("app.oidc.provider._LEAST_SECONDS_BETWEEN_KEYS", 0)
        assert "#code=" in await one.visit(ADA, make_token=sign)
    del provider.keys["two"]
    assert provider.asked.count("/jwks") == 2


@pytest.mark.parametrize(
    ("methods", "secret", "method"),
    [
        (["client_secret_post"], True, "client_secret_post"),
        (["client_secret_post", "client_secret_basic"], True, "client_secret_basic"),
        (["client_secret_basic"], False, "none"),
    ],
)
async def test_names_itself_as_the_provider_wants(
    db: Database,
    page: Page,
    provider: FakeProvider,
    methods: list[str],
    secret: bool,
    method: str,
) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": methods}
    provider.method = method
    settings = settings_for(provider) if secret else settings_for(provider, client_secret=None)
    async with start_api(db, **settings) as new:
        assert "#code=" in await Page(new, provider).visit(ADA)


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


async def begin_anew(db: Database, page: Page, **changed: str) -> str:
    """What the page is told by a service that has asked the provider for nothing yet."""
    async with start_api(db, **settings_for(page.provider, **changed)) as other:
        url, cookie = await Page(other, page.provider).begin()
    assert cookie == ""
    return url.removeprefix(PAGES)
