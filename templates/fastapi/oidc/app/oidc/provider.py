"""A provider of OpenID Connect: the way to it, and what it tells of who comes back."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote_plus, urlencode

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.http.fields import storable
from app.modules.users.schemas import UserEmail
from app.oidc.exchange import InvalidAnswer, ProviderAway, ask, read
from app.oidc.id_tokens import Claims, KeySet, header_of, verify_id_token
from app.oidc.settings import ProviderSettings, is_secure
from app.oidc.shared import Shared

_HOUR = 3600
# A key that is not known may be new: then the keys are asked for again, but not more often.
_LEAST_SECONDS_BETWEEN_KEYS = 60

_EMAIL: TypeAdapter[str] = TypeAdapter(UserEmail)
_SUBJECT: TypeAdapter[str] = TypeAdapter(Annotated[str, storable(min=1, max=255)])


class Metadata(BaseModel):
    """What a provider tells of itself (OpenID Connect Discovery, RFC 8414, RFC 9207)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    authorization_response_iss_parameter_supported: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who has signed in. `email` is an address that the provider has verified."""

    issuer: str
    subject: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What only the browser that began can know of an attempt to sign in."""

    state: str
    secret: str

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """The verifier of PKCE (RFC 7636)."""
        return self._derived("verifier")

    def _derived(self, what: str) -> str:
        text = f"{what}:{self.state}"
        return _encode(hmac.digest(self.secret.encode(), text.encode(), "sha256"))


class Provider:
    """Its metadata and keys are asked for when they are first needed, and kept for an hour."""

    def __init__(
        self,
        settings: ProviderSettings,
        redirect_uri: str,
        http: httpx.AsyncClient,
    ) -> None:
        self.name = settings.name
        self.issuer = settings.issuer
        self._settings = settings
        self._redirect_uri = redirect_uri
        self._http = http
        self._metadata = Shared(self._discover, _HOUR)
        self._keys = Shared(self._fetch_keys, _HOUR)

    async def address_for(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in. Raises `ProviderAway`."""
        metadata = await self._metadata.get()
        asked = urlencode(
            {
                "response_type": "code",
                "client_id": self._settings.client_id,
                "redirect_uri": self._redirect_uri,
                "scope": self._settings.scopes,
                "state": attempt.state,
                "nonce": attempt.nonce,
                "code_challenge": challenge_of(attempt.verifier),
                "code_challenge_method": "S256",
            },
        )
        separator = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{separator}{asked}"

    async def require_own(self, issuer: str | None) -> None:
        """Refuses an answer of another provider, which would be asked for its token (RFC 9207)."""
        metadata = await self._metadata.get()
        is_needed = metadata.authorization_response_iss_parameter_supported
        if issuer != self.issuer and (is_needed or issuer is not None):
            raise InvalidAnswer("wrong_issuer")

    async def identify(self, code: str, attempt: Attempt) -> Person:
        """Exchanges the code of an answer. Raises `ProviderAway` and `InvalidAnswer`."""
        metadata = await self._metadata.get()
        tokens = await self._exchange(metadata, code, attempt)
        id_token = tokens.get("id_token")
        if not isinstance(id_token, str):
            raise InvalidAnswer("no_id_token")
        claims = await self._verify(metadata, id_token, attempt)
        told = claims
        is_told = "email" in claims and "email_verified" in claims
        if not is_told and metadata.userinfo_endpoint is not None:
            told = await self._ask_more(metadata.userinfo_endpoint, tokens.get("access_token"))
            if told.get("sub") != claims["sub"]:
                raise InvalidAnswer("wrong_subject")
        try:
            subject = _SUBJECT.validate_python(claims["sub"])
        except ValidationError:
            raise InvalidAnswer("wrong_subject") from None
        return Person(self.issuer, subject, _verified_email(told))

    async def _exchange(self, metadata: Metadata, code: str, attempt: Attempt) -> Claims:
        client_id, secret = self._settings.client_id, self._settings.client_secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": attempt.verifier,
        }
        auth = None
        if secret is None:
            form["client_id"] = client_id
        elif "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            # Both are encoded as in a form (RFC 6749, 2.3.1).
            name, password = quote_plus(client_id), quote_plus(secret.get_secret_value())
            auth = httpx.BasicAuth(name, password)
        else:
            form |= {"client_id": client_id, "client_secret": secret.get_secret_value()}
        status, answer = await ask(self._http, metadata.token_endpoint, form=form, auth=auth)
        if status != 200 or not isinstance(answer, dict):
            error = answer.get("error") if isinstance(answer, dict) else None
            raise InvalidAnswer(str(error or f"status_{status}")[:100])
        return answer

    async def _verify(self, metadata: Metadata, token: str, attempt: Attempt) -> Claims:
        header = header_of(token, metadata.id_token_signing_alg_values_supported)
        key = (await self._keys.get()).find(header)
        if key is None:
            key = (await self._keys.get(lifetime=_LEAST_SECONDS_BETWEEN_KEYS)).find(header)
        if key is None:
            raise InvalidAnswer("unknown_key")
        return verify_id_token(
            token,
            key,
            issuer=self.issuer,
            client_id=self._settings.client_id,
            nonce=attempt.nonce,
        )

    async def _ask_more(self, url: str, access_token: object) -> Claims:
        headers = {"Authorization": f"Bearer {access_token}"}
        status, answer = await ask(self._http, url, headers=headers)
        if status != 200 or not isinstance(answer, dict):
            raise InvalidAnswer("no_userinfo")
        return answer

    async def _discover(self) -> Metadata:
        url = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        metadata = await read(self._http, url, Metadata)
        if metadata.issuer != self.issuer:
            raise ProviderAway("the metadata are of another issuer")
        is_local = self.issuer.startswith("http:")
        endpoints = [
            metadata.authorization_endpoint,
            metadata.token_endpoint,
            metadata.jwks_uri,
            metadata.userinfo_endpoint,
        ]
        if not all(each is None or is_secure(each, allows_loopback=is_local) for each in endpoints):
            raise ProviderAway("an endpoint is not one of HTTPS")
        return metadata

    async def _fetch_keys(self) -> KeySet:
        return await read(self._http, (await self._metadata.get()).jwks_uri, KeySet)


def challenge_of(verifier: str) -> str:
    """The challenge of PKCE, method S256 (RFC 7636, 4.2)."""
    return _encode(hashlib.sha256(verifier.encode()).digest())


def _encode(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _verified_email(claims: Claims) -> str | None:
    """Some providers write the boolean as text."""
    verified = claims.get("email_verified")
    if verified is not True and verified != "true":
        return None
    try:
        return _EMAIL.validate_python(claims.get("email"))
    except ValidationError:
        return None
