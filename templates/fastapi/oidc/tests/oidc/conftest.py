from collections.abc import AsyncIterator, Iterator

import pytest

from app.db.database import Database
from tests.api import Api, start_api
from tests.oidc.fake import FakeProvider, start_provider
from tests.oidc.page import Page, settings_for


@pytest.fixture(scope="session")
def running_provider() -> Iterator[FakeProvider]:
    with start_provider() as provider:
        yield provider


@pytest.fixture
def provider(running_provider: FakeProvider) -> FakeProvider:
    running_provider.reset()
    return running_provider


@pytest.fixture(scope="session")
async def running_api(db: Database, running_provider: FakeProvider) -> AsyncIterator[Api]:
    async with start_api(db, **settings_for(running_provider)) as api:
        yield api


@pytest.fixture
async def api(running_api: Api) -> Api:
    """A service where users sign in at the provider, with empty tables and nobody signed in."""
    running_api.headers.pop("Authorization", None)
    await running_api.reset()
    return running_api


@pytest.fixture
def page(api: Api, provider: FakeProvider) -> Page:
    return Page(api, provider)
