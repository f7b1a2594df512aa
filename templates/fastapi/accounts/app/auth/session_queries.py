"""What is asked of sessions and their tokens in the database."""

from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.models import AuthRefreshTokenModel, AuthSessionModel
from app.auth.schemas import StoredSession
from app.db.clock import now as time_now
from app.db.pagination import CursorPages
from app.db.rows import columns_of
from app.modules.users.models import UserModel

FIND_USER = (
    select(UserModel.id, UserModel.role)
    .join(AuthSessionModel, AuthSessionModel.user_id == UserModel.id)
    .where(
        AuthSessionModel.id == bindparam("session_id"),
        AuthSessionModel.revoked_at.is_(None),
        AuthSessionModel.expires_at > bindparam("now"),
        UserModel.disabled_at.is_(None),
    )
)

FIND_TOKEN = (
    select(
        AuthRefreshTokenModel.token_hash,
        AuthRefreshTokenModel.used_at,
        AuthRefreshTokenModel.session_id,
        AuthSessionModel.created_at,
        AuthSessionModel.user_id,
        UserModel.role,
    )
    .join(AuthSessionModel, AuthSessionModel.id == AuthRefreshTokenModel.session_id)
    .join(UserModel, UserModel.id == AuthSessionModel.user_id)
    .where(
        AuthRefreshTokenModel.token_hash == bindparam("hash"),
        AuthSessionModel.revoked_at.is_(None),
        AuthSessionModel.expires_at > bindparam("now"),
        UserModel.disabled_at.is_(None),
    )
    # The lock makes the second of two concurrent requests see that the token is used.
    .with_for_update(of=[AuthRefreshTokenModel, AuthSessionModel])
)

PAGES = CursorPages(
    select(*columns_of(AuthSessionModel, StoredSession)).where(
        AuthSessionModel.revoked_at.is_(None),
    ),
    StoredSession,
    sorts={"createdAt": AuthSessionModel.id},
    filters={
        "_user_id": AuthSessionModel.user_id == bindparam("_user_id"),
        "_now": AuthSessionModel.expires_at > bindparam("_now"),
    },
)


async def end_sessions(
    connection: AsyncConnection,
    user_id: UUID,
    kept: UUID | None = None,
) -> None:
    """Ends all sessions of a user in the database, except for `kept`."""
    ended = (
        update(AuthSessionModel)
        .where(AuthSessionModel.user_id == user_id, AuthSessionModel.revoked_at.is_(None))
        .values(revoked_at=time_now())
    )
    if kept is not None:
        ended = ended.where(AuthSessionModel.id != kept)
    await connection.execute(ended)
