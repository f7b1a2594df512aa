"""A provider of OpenID Connect on a port of its own. Tests say who signs in, and what goes wrong."""

import base64
import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, quote_plus

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from app.oidc.provider import challenge_of

CLIENT_ID = "shop"
CLIENT_SECRET = "the secret of the client"
SETTINGS = "/.well-known/openid-configuration"

Claims = dict[str, Any]
Key = ec.EllipticCurvePrivateKey
# Makes the ID token of somebody who signs in.
MakeToken = Callable[[Claims], str]


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


class FakeProvider:
    """An ASGI app. `asked` are the paths that were asked for."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.asked: list[str] = []
        self.metadata: Claims = {}
        # What it answers at a path in place of what a provider does.
        self.faults: dict[str, Callable[[], Response]] = {}
        self.grants: dict[str, tuple[dict[str, str], str]] = {}
        self.profiles: dict[str, Claims] = {}
        self.keys: dict[str, Key] = {"one": new_key()}
        # How clients name themselves at the token endpoint.
        self.method = "client_secret_basic"

    def reset(self) -> None:
        self.keys = {"one": self.keys["one"]}
        self.metadata.clear()
        self.faults.clear()
        self.asked.clear()
        self.method = "client_secret_basic"

    def sign(self, claims: Claims, key: Key | None = None, kid: str = "one") -> str:
        """As the provider does, except for what is given."""
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(present, key or self.keys[kid], "ES256", headers={"kid": kid})

    def authorize(
        self,
        url: str,
        claims: Claims,
        *,
        make_token: MakeToken | None = None,
        profile: Claims | None = None,
    ) -> dict[str, str]:
        """Somebody signs in where the service sent them to. Returns what they come back with.

        `profile` is what only userinfo tells.
        """
        asked = dict(parse_qsl(url.partition("?")[2]))
        now = int(time.time())
        base = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        told = {**base, "nonce": asked["nonce"], **claims}
        code = secrets.token_hex(16)
        self.grants[code] = (asked, (make_token or self.sign)(told))
        self.profiles[f"Bearer {code}"] = {"sub": claims["sub"], **(profile or {})}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = request.url.path
        self.asked.append(path)
        fault = self.faults.get(path)
        answer = fault() if fault else await self._answer(path, request)
        await answer(scope, receive, send)

    async def _answer(self, path: str, request: Request) -> Response:
        match path:
            case "/.well-known/openid-configuration":
                return JSONResponse(self._described())
            case "/jwks":
                keys = [_public(key, kid) for kid, key in self.keys.items()]
                return JSONResponse({"keys": keys})
            case "/userinfo":
                return JSONResponse(self.profiles[request.headers["authorization"]])
        tokens = self._redeem(dict(parse_qsl((await request.body()).decode())), request)
        return JSONResponse(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    def _described(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["ES256"],
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }

    def _redeem(self, form: dict[str, str], request: Request) -> Claims | None:
        code = form.get("code", "")
        asked, id_token = self.grants.pop(code, ({}, ""))
        is_right = (
            asked.get("code_challenge") == challenge_of(form.get("code_verifier", ""))
            and asked.get("redirect_uri") == form.get("redirect_uri")
            and self._is_client(form, request.headers.get("authorization"))
        )
        if not is_right:
            return None
        return {"access_token": code, "token_type": "Bearer", "id_token": id_token}

    def _is_client(self, form: dict[str, str], authorization: str | None) -> bool:
        given = (form.get("client_id"), form.get("client_secret"))
        match self.method:
            case "client_secret_basic":
                pair = f"{CLIENT_ID}:{quote_plus(CLIENT_SECRET)}"
                basic = base64.b64encode(pair.encode()).decode()
                return authorization == f"Basic {basic}" and given == (None, None)
            case "client_secret_post":
                return authorization is None and given == (CLIENT_ID, CLIENT_SECRET)
        return authorization is None and given == (CLIENT_ID, None)


@contextmanager
def start_provider() -> Iterator[FakeProvider]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    # Who asks before the server has started waits.
    listening.listen()
    provider = FakeProvider(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = Server(Config(provider, lifespan="off", log_config=None))
    # Not in the main thread, where it would take the signals of the tests.
    serving = Thread(target=server.run, args=([listening],))
    serving.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        serving.join()


def unsigned(claims: Claims) -> str:
    return f"{_encode({'alg': 'none'})}.{_encode(claims)}."


def altered(token: str, claims: Claims) -> str:
    """The token with other claims, and its signature."""
    header, _, signature = token.split(".")
    return f"{header}.{_encode(claims)}.{signature}"


def _encode(part: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _public(key: Key, kid: str) -> Claims:
    found = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**found, "kid": kid, "alg": "ES256", "use": "sig"}
