"""How often one may try: counted by address, by account, and by user."""

import base64
import hashlib
import re

from fastapi import Request

from app.auth.callers import CurrentUser
from app.config import Settings
from app.http.rate_limit import rate_limit
from app.http.request import address_of


def rate_of(settings: Settings) -> str:
    return settings.auth_rate_limit


def account_rate_of(settings: Settings) -> str:
    """Higher than the limit per IP address, so that one address cannot lock out an account."""
    return re.sub(r"^\d+", lambda most: str(10 * int(most[0])), settings.auth_rate_limit)


async def account_of(request: Request) -> str:
    """Attempts on one account share a counter, whatever their IP address."""
    match await request.json():
        case {"data": {"email": str(email)}}:
            return _digest(email.lower())
    return address_of(request)


async def owner_of(request: Request) -> str:
    """An unknown token gets its own counter, since tokens cannot be guessed."""
    match await request.json():
        case {"data": {"refreshToken": str(token)}}:
            owner_id = await request.app.state.sessions.owner_of(token)
            return str(owner_id) if owner_id else _digest(token)
    return address_of(request)


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
