import base64
import json
import secrets
import time
from typing import Any
from uuid import uuid4

import jwt

from app.about import NAME
from tests.roles import ADMIN

TEST_SECRET = secrets.token_urlsafe(48)


def forge_token(
    *,
    secret: str = TEST_SECRET,
    typ: str = "at+jwt",
    alg: str = "HS256",
    **claims: object,
) -> str:
    """An access token as the server would sign it, but for what is given. None: without it."""
    given = {**_base(), **claims}
    payload = {name: value for name, value in given.items() if value is not None}
    return jwt.encode(payload, secret, alg, headers={"typ": typ})


def unsigned_token() -> str:
    """A token that says of itself that it needs no signature."""
    return f"{_encode({'alg': 'none', 'typ': 'at+jwt'})}.{_encode(_base())}."


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def bad_tokens() -> list[tuple[str, str | None]]:
    """Values of `Authorization` that nobody gets in with, each with what is wrong with it."""
    expired = forge_token(exp=int(time.time()) - 1)
    wrongly_signed = forge_token(secret=TEST_SECRET[::-1])
    return [
        ("no token", None),
        ("garbage", "Bearer garbage"),
        ("an expired token", f"Bearer {expired}"),
        ("a wrongly signed token", f"Bearer {wrongly_signed}"),
        ("a token with alg none", f"Bearer {unsigned_token()}"),
    ]


def _base() -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": NAME,
        "aud": NAME,
        "role": ADMIN,
        "sub": str(uuid4()),
        "sid": str(uuid4()),
        "iat": now - 60,
        "exp": now + 60,
    }


def _encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
