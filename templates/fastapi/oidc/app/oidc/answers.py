"""What comes back from a provider."""

from starlette.datastructures import QueryParams

from app.oidc.exchange import InvalidAnswer, ProviderAway
from app.oidc.provider import Attempt, Person, Provider

# What a provider answers that cannot serve now (RFC 6749, 4.1.2.1).
_BUSY = {"server_error", "temporarily_unavailable"}


class SignInRefused(Exception):
    """Why a sign-in has failed, as the page is told. `code` is for the log, and nothing secret."""

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


async def person_of(provider: Provider, answer: QueryParams, attempt: Attempt) -> Person:
    """Who has come back. Raises `SignInRefused`."""
    try:
        names = [name for name, _ in answer.multi_items()]
        if len(set(names)) < len(names):
            raise InvalidAnswer("repeated_parameter")
        await provider.require_own(answer.get("iss"))
        error = answer.get("error")
        if error == "access_denied":
            raise SignInRefused("access_denied")
        if error in _BUSY:
            raise ProviderAway(error)
        if error is not None or "code" not in answer:
            raise InvalidAnswer((error or "no_code")[:100])
        return await provider.identify(answer["code"], attempt)
    except ProviderAway as away:
        raise SignInRefused("provider_unavailable", str(away)) from away
    except InvalidAnswer as invalid:
        raise SignInRefused("invalid_response", str(invalid)) from invalid
