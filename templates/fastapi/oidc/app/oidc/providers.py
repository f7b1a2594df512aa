"""The providers of the settings, and the addresses that a browser comes back to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from app.about import BASE_PATH
from app.config import Settings
from app.oidc.provider import Provider

Providers = dict[str, Provider]


@asynccontextmanager
async def open_providers(settings: Settings) -> AsyncIterator[Providers]:
    """Nothing is asked of them yet: they may be away while this service starts."""
    async with httpx.AsyncClient() as http:
        yield {
            each.name: Provider(each, f"{address_of(settings)}/{each.name}/callback", http)
            for each in settings.oidc_providers
        }


def address_of(settings: Settings) -> str:
    """Where the routes are for a browser. The `Host` header can be forged."""
    return f"{settings.server_url}{BASE_PATH}/auth/oidc"


def cookie_path(settings: Settings) -> str:
    return urlsplit(address_of(settings)).path
