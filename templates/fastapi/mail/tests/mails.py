"""What mails say, once all that are due are sent."""

from urllib.parse import urldefrag

from app.mail.texts import Letter
from tests.api import Api


async def mail_to(api: Api, address: str) -> Letter | None:
    """The newest mail to an address."""
    await api.app.state.outbox.deliver_due()
    sent: list[tuple[str, Letter]] = api.app.state.sent_mails
    return next((letter for to, letter in reversed(sent) if to == address), None)


async def letter_to(api: Api, address: str) -> Letter:
    """The same, where there must be one."""
    letter = await mail_to(api, address)
    assert letter is not None, f"there is no mail to {address}"
    return letter


async def token_for(api: Api, address: str) -> str:
    """The token in the link of that mail."""
    letter = await letter_to(api, address)
    return urldefrag(letter.values["link"]).fragment.removeprefix("token=")
