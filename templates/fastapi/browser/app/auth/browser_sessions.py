"""Sessions of pages in a browser, whose refresh token is in a cookie."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy import select

from app.auth.browser_origin import require_browser_origin
from app.auth.models import AuthRefreshTokenModel, AuthSessionModel
from app.auth.refresh_cookie import read_refresh_cookie, set_refresh_cookie
from app.auth.refresh_tokens import hash_of
from app.auth.roles import Caller
from app.auth.schemas import AuthTokens
from app.db.clock import now
from app.db.database import Database
from app.http.envelope import send, send_model
from app.http.errors import bad_request, unauthenticated


async def cookie_token(request: Request) -> str | None:
    """The refresh token in the cookie; None if there is a body, which has it then.

    Raises 400 for both, 401 for neither, and 403 for a page that may not use the cookie.
    """
    cookie = read_refresh_cookie(request)
    if "body" in request.scope["state"]:
        if cookie is not None:
            raise bad_request("Send the refresh token in the cookie or in the body, not in both")
        return None
    require_browser_origin(request)
    if cookie is None:
        raise unauthenticated("There is no refresh token")
    return cookie


CookieToken = Annotated[str | None, Depends(cookie_token)]


async def send_tokens(
    request: Request,
    issued: AuthTokens,
    *,
    in_cookie: bool,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Sends tokens: the refresh token in the cookie or in the body."""
    if not in_cookie:
        return send_model(issued, status=status, headers=headers)
    session = await _find_session(request.app.state.db, issued.refresh_token)
    if session is None:
        raise unauthenticated("The session has ended")
    set_refresh_cookie(request, issued.refresh_token, session.expires_at)
    text = issued.model_dump_json(exclude={"refresh_token"})
    return send(text.encode(), status=status, headers=headers)


async def sessions_to_end(request: Request, caller: Caller | None) -> set[tuple[UUID, UUID]]:
    """The users and sessions of the access token and of the cookie, which a logout ends."""
    cookie = read_refresh_cookie(request)
    if caller is None and cookie is None:
        raise unauthenticated()
    ended = {(caller.id, caller.session_id)} if caller else set()
    session = cookie and await _find_session(request.app.state.db, cookie)
    return ended | {(session.user_id, session.id)} if session else ended


@dataclass(frozen=True, slots=True)
class _Session:
    id: UUID
    user_id: UUID
    expires_at: datetime


async def _find_session(db: Database, refresh_token: str) -> _Session | None:
    """The session that a refresh token was issued for, if the session is active."""
    asked = (
        select(AuthSessionModel.id, AuthSessionModel.user_id, AuthSessionModel.expires_at)
        .join(AuthRefreshTokenModel, AuthRefreshTokenModel.session_id == AuthSessionModel.id)
        .where(
            AuthRefreshTokenModel.token_hash == hash_of(refresh_token),
            AuthSessionModel.revoked_at.is_(None),
            AuthSessionModel.expires_at > now(),
        )
    )
    async with db.connect() as connection:
        found = (await connection.execute(asked)).one_or_none()
    return found and _Session(found.id, found.user_id, found.expires_at)
