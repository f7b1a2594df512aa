from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.database import Base


class IdentityModel(Base):
    """Who somebody is at a provider, and which user that is here."""

    __tablename__ = "identities"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(String(30))
    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class AttemptModel(Base):
    """A browser on its way to a provider; without `browser_hash`, a ticket for that way."""

    __tablename__ = "oidc_attempts"

    state_hash: Mapped[str] = mapped_column(String(43), primary_key=True)
    browser_hash: Mapped[str | None] = mapped_column(String(43))
    provider: Mapped[str] = mapped_column(String(30))
    challenge: Mapped[str] = mapped_column(String(43))
    user_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class CodeModel(Base):
    """Who came back from a provider. With `user_id`, to link that identity to this user."""

    __tablename__ = "oidc_codes"

    code_hash: Mapped[str] = mapped_column(String(43), primary_key=True)
    challenge: Mapped[str] = mapped_column(String(43))
    provider: Mapped[str] = mapped_column(String(30))
    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(254))
    user_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
