from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.database import Base


class WebhookDeliveryModel(Base):
    """A delivery that was taken. The next one with its id is refused."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    expires_at: Mapped[datetime]
