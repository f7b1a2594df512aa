"""A page in a browser that signs somebody in."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from httpx import Response
from pydantic import SecretStr
from sqlalchemy import func, select, update

from app.about import BASE_PATH
from app.db.clock import now
from app.db.database import Base
from app.oidc.models import AttemptModel, CodeModel
from app.oidc.provider import challenge_of
from app.oidc.settings import ProviderSettings
from tests.api import Api
from tests.oidc.fake import CLIENT_ID, CLIENT_SECRET, Claims, FakeProvider
from tests.samples.users import new_profile_body

PAGES = "https://app.example.com"
OIDC = f"{BASE_PATH}/auth/oidc"
# Where a sign-in ends of which something does not hold.
INVALID = "/signed-in#error=invalid_response"

# Somebody whose address the provider has verified.
ADA: Claims = {"sub": "ada-1", "email": "Ada@Example.com", "email_verified": True}


def settings_for(provider: FakeProvider, **changed: Any) -> dict[str, Any]:
    """Those of a service where users sign in at this provider, by two names."""
    client = {
        "issuer": provider.issuer,
        "client_id": CLIENT_ID,
        "client_secret": SecretStr(CLIENT_SECRET),
        **changed,
    }
    providers = [ProviderSettings(name=name, **client) for name in ("one", "other")]
    return {
        "public_url": "http://localhost:3000",
        "app_url": PAGES,
        "oidc_providers": providers,
    }


class Page:
    def __init__(self, api: Api, provider: FakeProvider) -> None:
        self.api = api
        self.provider = provider
        self.verifier = secrets.token_urlsafe(32)
        self.challenge = challenge_of(self.verifier)

    async def begin(self, path: str | None = None) -> tuple[str, str]:
        """Goes to the provider. Returns where that is, and the cookie."""
        answer = await self.api.get(path or f"{OIDC}/one?challenge={self.challenge}")
        assert answer.status_code == 302, answer.text
        return answer.headers["location"], answer.headers.get("set-cookie", "").split(";")[0]

    async def come_back(self, answer: Claims, cookie: str, provider: str = "one") -> str:
        """Comes back from the provider. Returns what the page at the end is told."""
        url = f"{OIDC}/{provider}/callback"
        ended = await self.api.get(url, params=answer, headers={"Cookie": cookie})
        assert ended.status_code == 302, ended.text
        location: str = ended.headers["location"]
        assert location.startswith(PAGES)
        return location.removeprefix(PAGES)

    async def visit(self, claims: Claims, *, path: str | None = None, **options: Any) -> str:
        """Signs in at the provider. Returns what the page at the end is told."""
        url, cookie = await self.begin(path)
        return await self.come_back(self.provider.authorize(url, claims, **options), cookie)

    def exchange(self, told: str, verifier: str | None = None) -> dict[str, str]:
        code = parse_qs(urlsplit(told).fragment)["code"][0]
        return {"code": code, "verifier": verifier or self.verifier}

    async def complete(self, told: str, verifier: str | None = None) -> Response:
        data = {**new_profile_body(), **self.exchange(told, verifier)}
        return await self.api.post(f"{OIDC}/complete", json={"data": data})

    async def sign_in(self, claims: Claims, **options: Any) -> Response:
        """From the first step to the last."""
        return await self.complete(await self.visit(claims, **options))


async def expire(api: Api, model: type[AttemptModel] | type[CodeModel]) -> None:
    async with api.db.connect() as connection:
        past = now() - timedelta(milliseconds=1)
        await connection.execute(update(model).values(expires_at=past))


async def number_of(api: Api, model: type[Base]) -> int:
    async with api.db.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(model)) or 0
