"""Keeps mails instead of sending them."""

from uuid import UUID

from fastapi import FastAPI

from app.auth.account_mails import compose_account_mails
from app.mail.outbox import Outbox
from app.mail.texts import Letter


class CollectingPost:
    def __init__(self) -> None:
        self.sent: list[tuple[str, Letter]] = []

    async def send(self, to: str, id: UUID, letter: Letter) -> None:
        self.sent.append((to, letter))


def collect_mails(app: FastAPI) -> None:
    """Its mails are kept in `state.sent_mails`, once they are delivered."""
    post = CollectingPost()
    app.state.sent_mails = post.sent
    compose = compose_account_mails(app.state.settings.pages_url)
    app.state.outbox = Outbox(app.state.db, post, compose)
