"""What follows when the password of a user has changed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth.email_tokens import void_tokens
from app.mail.outbox import store_mail
from app.modules.users.models import UserModel


async def notice_password_change(connection: AsyncConnection, user_id: UUID) -> None:
    """Voids links that were sent before, and tells the user, in case it was somebody else.

    Needs the transaction of the change.
    """
    await void_tokens(connection, user_id)
    theirs = select(UserModel.email).where(UserModel.id == user_id)
    email = (await connection.execute(theirs)).scalar_one()
    await store_mail(connection, email, "password-changed", {})
