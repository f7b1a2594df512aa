"""The texts of mails in `mails/`: plain files that people edit."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from app.about import ROOT

MailName = Literal[
    "accept-invitation",
    "already-registered",
    "email-changed",
    "new-sign-in",
    "password-changed",
    "reset-password",
    "verify-email",
]
Texts = Mapping[MailName, str]

# The placeholders that the text of each mail must have.
_PLACEHOLDERS: Mapping[MailName, tuple[str, ...]] = {
    "accept-invitation": ("link",),
    "already-registered": ("link",),
    "email-changed": (),
    "new-sign-in": ("device", "time"),
    "password-changed": (),
    "reset-password": ("link",),
    "verify-email": ("link",),
}

_PLACEHOLDER = re.compile(r"\{\{ *(\w*) *\}\}")
_BEGINNING = re.compile(r"Subject: +\S.*\n\n")
_SUBJECT = re.compile(r"Subject: +")
_LINK = re.compile(r"https?://\S+")


class Letter(NamedTuple):
    """A mail to send: the values of its placeholders."""

    name: MailName
    values: Mapping[str, str]


class Message(NamedTuple):
    """What a mail says, as text and as HTML."""

    subject: str
    text: str
    html: str


class InvalidTexts(Exception):
    """Names everything that is wrong with the texts."""


def _read_file(file: str) -> str | None:
    try:
        return (ROOT / "mails" / file).read_text("utf-8")
    except OSError:
        return None


def read_texts(read: Callable[[str], str | None] = _read_file) -> Texts:
    """Raises `InvalidTexts` with every problem at once."""
    texts: dict[MailName, str] = {}
    problems: list[str] = []
    for name in _PLACEHOLDERS:
        text = read(f"{name}.txt")
        problems += [f"  mails/{name}.txt: {fault}" for fault in _faults_of(name, text)]
        texts[name] = text or ""
    if problems:
        raise InvalidTexts("\n".join(["The texts of mails are wrong:", *problems]))
    return texts


def render_mail(texts: Texts, letter: Letter) -> Message:
    """Fills in a text. Its first line is the subject.

    The HTML part has the same paragraphs, and a line that is only a link becomes one.
    """
    filled = _PLACEHOLDER.sub(lambda match: letter.values.get(match[1], ""), texts[letter.name])
    first, _, rest = filled.partition("\n")
    text = rest.strip()
    paragraphs = re.split(r"\n{2,}", text)
    html = "\n".join(f"<p>{_html_of(paragraph)}</p>" for paragraph in paragraphs)
    return Message(_SUBJECT.sub("", first, count=1), f"{text}\n", html)


def _faults_of(name: MailName, text: str | None) -> list[str]:
    if text is None:
        return ["The file is missing"]
    known = _PLACEHOLDERS[name]
    used = _PLACEHOLDER.findall(text)
    expected = " and ".join(f"{{{{{key}}}}}" for key in known) or "none"
    is_begun = _BEGINNING.match(text)
    return [
        *([] if is_begun else ['Expected "Subject: …" and an empty line first']),
        *(
            f"Unknown placeholder {{{{{key}}}}}: expected {expected}"
            for key in used
            if key not in known
        ),
        *(f"{{{{{key}}}}} is missing" for key in known if key not in used),
    ]


def _html_of(paragraph: str) -> str:
    return "<br>\n".join(_html_of_line(line) for line in paragraph.split("\n"))


def _html_of_line(line: str) -> str:
    escaped = re.sub('[&<>"]', lambda sign: f"&#{ord(sign[0])};", line)
    return f'<a href="{escaped}">{escaped}</a>' if _LINK.fullmatch(line) else escaped
