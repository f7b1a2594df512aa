import re
from collections.abc import Callable

import pytest

from app.about import ROOT
from app.db.database import Database
from app.mail.texts import InvalidTexts, Letter, read_texts, render_mail
from app.main import create_app
from tests.api import read
from tests.log import collect_log

pytestmark = pytest.mark.anyio

LINK = "https://example.com/reset-password#token=a&b"
GOOD = "Subject: Hello\n\nChoose:\n\n{{link}}\n"


def with_text(text: str | None) -> Callable[[str], str | None]:
    """All texts as they are, except for one."""

    def read(file: str) -> str | None:
        if file == "reset-password.txt":
            return text
        return (ROOT / "mails" / file).read_text("utf-8")

    return read


def test_are_complete() -> None:
    assert all(re.match(r"Subject: \S", text) for text in read_texts().values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "The file is missing"),
        ("Hello\n\n{{link}}\n", 'Expected "Subject: …"'),
        ("Subject: \n\n{{link}}\n", 'Expected "Subject: …"'),
        ("Subject: Hello\n{{link}}\n", 'Expected "Subject: …"'),
        ("Subject: Hello\n\nHello\n", "{{link}} is missing"),
        (f"{GOOD}{{{{name}}}}\n", "Unknown placeholder {{name}}: expected {{link}}"),
    ],
    ids=["no file", "no subject", "empty subject", "no empty line", "no link", "unknown name"],
)
def test_are_refused(text: str | None, message: str) -> None:
    with pytest.raises(InvalidTexts, match=re.escape(f"mails/reset-password.txt: {message}")):
        read_texts(with_text(text))


async def test_are_named_where_the_server_does_not_start(
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.mail.post.read_texts", lambda: read_texts(with_text(None)))
    app = create_app(read(), db=db)
    with collect_log() as log, pytest.raises(InvalidTexts):
        async with app.router.lifespan_context(app):
            pass
    assert "mails/reset-password.txt: The file is missing" in log.entries()[0]["msg"]


def test_become_a_text_and_an_html_part() -> None:
    texts = read_texts(with_text("Subject: Hello & <bye>\n\nA <b>\nB\n\n{{ link }}\n"))
    subject, text, html = render_mail(texts, Letter("reset-password", {"link": LINK}))
    assert subject == "Hello & <bye>"
    assert text == f"A <b>\nB\n\n{LINK}\n"
    escaped = LINK.replace("&", "&#38;")
    link = f'<p><a href="{escaped}">{escaped}</a></p>'
    assert html == f"<p>A &#60;b&#62;<br>\nB</p>\n{link}"
