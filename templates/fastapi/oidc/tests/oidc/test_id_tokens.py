"""The ID tokens that are not believed."""

from collections.abc import Callable

import pytest

from app.oidc.models import CodeModel
from tests.log import collect_log
from tests.oidc.fake import Claims, FakeProvider, altered, new_key, unsigned
from tests.oidc.page import ADA, INVALID, Page, number_of

pytestmark = pytest.mark.anyio

# In 2001 and 2100, in seconds.
LONG_AGO = 1_000_000_000
FAR_AHEAD = 4_102_444_800

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
        {"iat": LONG_AGO, "exp": LONG_AGO + 60},
        {"iat": FAR_AHEAD, "exp": FAR_AHEAD + 60},
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
