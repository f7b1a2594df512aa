"""Providers that are away, or answer what they should not."""

import asyncio
from threading import Event

import pytest
from starlette.responses import RedirectResponse, Response

from app.db.database import Database
from tests.api import start_api
from tests.oidc.fake import SETTINGS, Claims, FakeProvider, new_key
from tests.oidc.page import ADA, INVALID, PAGES, Page, settings_for

pytestmark = pytest.mark.anyio

UNAVAILABLE = "/signed-in#error=provider_unavailable"


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


async def begin_anew(db: Database, page: Page, **changed: str) -> str:
    """What the page is told by a service that has asked the provider for nothing yet."""
    async with start_api(db, **settings_for(page.provider, **changed)) as other:
        url, cookie = await Page(other, page.provider).begin()
    assert cookie == ""
    return url.removeprefix(PAGES)
