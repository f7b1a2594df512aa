from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.roles import Role
from app.db.database import Base

# What a token in a mail is for.
Purpose = Literal["registration", "email", "reset", "invitation"]


class EmailTokenModel(Base):
    __tablename__ = "email_tokens"

    token_hash: Mapped[str] = mapped_column(String(43), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[UUID | None]
    registration_id: Mapped[UUID | None]
    role: Mapped[Role | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class RegistrationModel(Base):
    """Who has registered and not confirmed their address yet."""

    __tablename__ = "registrations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str] = mapped_column(Text)
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
