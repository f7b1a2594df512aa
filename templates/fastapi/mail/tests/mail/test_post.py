"""Mails where there is no server, as in development."""

import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest

from app.mail.post import open_post
from app.mail.texts import Letter
from tests.api import read
from tests.log import collect_log

pytestmark = pytest.mark.anyio

LINK = "https://example.com/reset-password#token=t"


async def test_become_files_that_others_cannot_read_and_their_link_is_logged(
    tmp_path: Path,
) -> None:
    settings = read(smtp_url=None, data_dir=str(tmp_path), mail_from="Shöp <shop@example.com>")
    id = uuid4()
    with collect_log() as log:
        letter = Letter("reset-password", {"link": LINK})
        await open_post(settings).send("ada@example.com", id, letter)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name.endswith(f"-{id}.eml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (mail["From"], mail["To"]) == ("Shöp <shop@example.com>", "ada@example.com")
    assert mail["Message-ID"] == f"<{id}@example.com>"
    body = mail.get_body(("plain",))
    assert body is not None
    assert LINK in body.get_content()
    assert [(entry["msg"], entry["file"]) for entry in log.entries()] == [
        (f"mail: reset-password: {LINK}", str(file)),
    ]
