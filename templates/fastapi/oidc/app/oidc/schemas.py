from typing import Annotated

from pydantic import ConfigDict, Field

from app.auth.passwords import GivenPassword
from app.http.fields import Uuid, characters
from app.http.form import Form, as_text, invalid, pattern_of, schema_of
from app.http.model import Input, Model, lenient
from app.http.times import Timestamp
from app.modules.users.schemas import NewProfile

_SECRET = {"writeOnly": True}


def _matching(pattern: str, expected: str, description: str) -> Form:
    compiled = pattern_of(pattern)

    def read(value: object) -> str:
        text = as_text(value)
        if not compiled.match(text):
            raise invalid(f"Expected {expected}")
        return text

    return Form(read, schema_of(pattern, description=description))


_Challenge = Annotated[
    str,
    _matching(
        r"^[\w-]{43}$",
        "the SHA-256 of a verifier in base64url",
        "The SHA-256 of the `verifier` in base64url (RFC 7636).",
    ),
]
_Code = Annotated[
    str,
    characters(min=1, max=100),
    Field(
        description="From the fragment of the page where the sign-in ends.",
        json_schema_extra=_SECRET,
    ),
]
_Verifier = Annotated[
    str,
    _matching(
        r"^[A-Za-z0-9._~-]{43,128}$",
        "43 to 128 letters, digits or any of -._~",
        "What the `challenge` was made of.",
    ),
    Field(json_schema_extra=_SECRET),
]


class Start(Input):
    """How a browser goes to a provider: to sign in, or with a ticket to link an identity."""

    challenge: _Challenge | None = None
    ticket: str | None = None


class AuthProvider(Model):
    name: str


@lenient
class _Profile(NewProfile):
    pass


class AuthCompleteSignIn(_Profile):
    code: _Code
    verifier: _Verifier


class AuthLinkProvider(Input):
    challenge: _Challenge
    current_password: Annotated[
        GivenPassword,
        Field(default_factory=lambda: None, description="Of users who have one."),
    ]


class AuthLink(Model):
    url: Annotated[
        str,
        Field(
            description="Where the browser goes next, within one minute.",
            json_schema_extra={"format": "uri"},
        ),
    ]


class AuthAddIdentity(Input):
    code: _Code
    verifier: _Verifier


class IdentityRow(Model):
    model_config = ConfigDict(title="AuthIdentity")

    id: Uuid
    provider: str
    email: Annotated[str, Form(as_text, {"type": "string", "format": "email"})] | None
    created_at: Timestamp
    last_used_at: Timestamp | None
