"""Who sends the requests of a test."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from app.auth.models import AuthSessionModel
from app.auth.roles import DEFAULT_ROLE, Caller, Role
from app.db.clock import now
from app.db.database import Database
from app.modules.users.models import UserModel
from tests.api import Api
from tests.samples.users import sample_user
from tests.tokens import claims_of


@dataclass(frozen=True, slots=True)
class SignedIn:
    id: UUID
    token: str


def authorize(api: Api, header: str | None) -> None:
    """Every request from now on has this header, or none."""
    api.headers.pop("Authorization", None)
    if header is not None:
        api.headers["Authorization"] = header


async def sign_in(api: Api, role: Role = DEFAULT_ROLE) -> SignedIn:
    """A new user with this role sends every request from now on, until `sign_out`."""
    user = sample_user(role=role)
    caller = Caller(user["id"], role, await _insert_with_session(api.db, user))
    token = api.app.state.sessions.tokens.sign(caller)
    authorize(api, f"Bearer {token}")
    return SignedIn(caller.id, token)


def sign_out(api: Api) -> None:
    authorize(api, None)


def caller_id(api: Api) -> UUID:
    """Who has signed in."""
    return UUID(claims_of(api.headers["Authorization"].removeprefix("Bearer "))["sub"])


def bearer(token: str) -> dict[str, str]:
    """The headers of a request that somebody else sends."""
    return {"Authorization": f"Bearer {token}"}


async def _insert_with_session(db: Database, user: dict[str, Any]) -> UUID:
    """Stores a user and a session of theirs in one statement, since most tests begin so."""
    session_id = uuid7()
    at = now()
    signed_in = insert(UserModel).values(user).cte("signed_in")
    session = {
        "id": session_id,
        "user_id": user["id"],
        "user_agent": "test",
        "created_at": at,
        "last_used_at": at,
        "expires_at": at + timedelta(hours=1),
    }
    async with db.connect() as connection:
        await connection.execute(insert(AuthSessionModel).values(session).add_cte(signed_in))
    return session_id
