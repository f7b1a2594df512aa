"""Users who sign in at a provider only, where others name their password."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.auth.models import AuthSessionModel
from app.db.clock import now
from app.db.database import Database
from app.http.errors import ApiError, conflict, forbidden

# How new their session must be.
_RECENT = timedelta(minutes=10)


def no_password() -> ApiError:
    return conflict("This account has no password")


async def require_recent_session(db: Database, session_id: UUID) -> None:
    """Raises 403 unless the user of this session has signed in just now."""
    asked = select(AuthSessionModel.id).where(
        AuthSessionModel.id == session_id,
        AuthSessionModel.created_at > now() - _RECENT,
    )
    async with db.connect() as connection:
        if await connection.scalar(asked) is None:
            raise forbidden("Sign in again: this needs a session of the last ten minutes")
