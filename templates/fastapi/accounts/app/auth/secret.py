import re
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

# Words of examples, and keyboard patterns. A random secret does not contain any of them.
_WELL_KNOWN = re.compile(
    "secret|password|change.?me|replace.?me|example|placeholder|abcdefgh|01234567|12345678|qwerty",
    re.I,
)
_MAKE = 'make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"'


def _random(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if len(text.encode()) < 32:
        raise PydanticCustomError("secret_short", f"Expected at least 32 bytes: {_MAKE}")
    if len(set(text)) < 10 or _WELL_KNOWN.search(text):
        raise PydanticCustomError("secret_known", f"Expected a random secret: {_MAKE}")
    return secret


# The secret that signs access tokens.
SigningSecret = Annotated[SecretStr, AfterValidator(_random)]
