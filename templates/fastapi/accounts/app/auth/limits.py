"""Rate limits of authentication: by address, then by account, and for guesses by user."""

import base64
import hashlib
import re
from typing import Any

from fastapi import Depends, Request

from app.auth.callers import CurrentUser
from app.http.rate_limit import count


def limited(name: str) -> Any:
    """Counts by address, before the body is read: `dependencies=[limited("login")]`."""

    async def check(request: Request) -> None:
        await count(request, name, request.app.state.settings.auth_rate_limit)

    return Depends(check)


async def count_account(request: Request, name: str, account: str) -> None:
    """Attempts on one account share a counter, whatever their IP address. Raises 429."""
    rate = account_rate(request.app.state.settings.auth_rate_limit)
    await count(request, f"{name}-account", rate, account)


async def count_guess(request: Request, caller: CurrentUser) -> None:
    """Counts per user, since a stolen token could be used to guess the password from anywhere."""
    await count(request, "password", request.app.state.settings.auth_rate_limit, str(caller.id))


def account_rate(rate: str) -> str:
    """Higher than the limit per IP address, so that one address cannot lock out an account."""
    return re.sub("^[0-9]+", lambda most: str(10 * int(most[0])), rate)


def digest(text: str) -> str:
    """What stands for an address or a token in the name of a counter."""
    hashed = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    return base64.urlsafe_b64encode(hashed).decode().rstrip("=")
