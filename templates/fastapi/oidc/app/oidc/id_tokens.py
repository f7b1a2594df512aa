"""ID tokens: signed by the provider, about a user, for this client (OpenID Connect Core, 3.1.3.7)."""

import hmac
from typing import Any, Final

import jwt
from pydantic import BaseModel

from app.oidc.exchange import InvalidAnswer

# Those with a key that only the provider has: never `none`, and none with a shared secret.
_SIGNED: Final = frozenset(
    {
        "EdDSA",
        "ES256",
        "ES384",
        "ES512",
        "PS256",
        "PS384",
        "PS512",
        "RS256",
        "RS384",
        "RS512",
    },
)
_CLAIMS: Final = ["iss", "sub", "aud", "exp", "iat"]
# How far the clocks may differ, in seconds.
_TOLERANCE: Final = 30

Claims = dict[str, Any]


class KeySet(BaseModel):
    """The keys of a provider (RFC 7517)."""

    keys: list[dict[str, Any]]

    def find(self, header: Claims) -> jwt.PyJWK | None:
        """The key that a token names, for the algorithm that it names."""
        found = [key for key in self.keys if _fits(key, header)]
        try:
            return jwt.PyJWK(found[0], header["alg"]) if len(found) == 1 else None
        except jwt.PyJWTError:
            return None


def _fits(key: Claims, header: Claims) -> bool:
    """Without an id the only key that could be meant is."""
    kinds = {"R": "RSA", "P": "RSA", "E": "OKP" if header["alg"] == "EdDSA" else "EC"}
    return (
        key.get("kty") == kinds[header["alg"][0]]
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, header["alg"])
        and ("kid" not in header or key.get("kid") == header["kid"])
    )


def header_of(token: str, supported: list[str]) -> Claims:
    """The header of a token. `supported` are the algorithms that the provider announces."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise InvalidAnswer("malformed_token") from error
    if header.get("alg") not in _SIGNED.intersection(supported):
        raise InvalidAnswer("wrong_algorithm")
    return header


def verify_id_token(
    token: str,
    key: jwt.PyJWK,
    *,
    issuer: str,
    client_id: str,
    nonce: str,
) -> Claims:
    """Its claims. Raises `InvalidAnswer`."""
    try:
        claims: Claims = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            issuer=issuer,
            audience=client_id,
            leeway=_TOLERANCE,
            options={"require": _CLAIMS, "enforce_minimum_key_length": True},
        )
    except jwt.PyJWTError as error:
        raise InvalidAnswer(type(error).__name__) from error
    audience = claims["aud"]
    is_shared = isinstance(audience, list) and len(audience) > 1
    # Where there are several audiences, it says which of them it was made for.
    if claims.get("azp", None if is_shared else client_id) != client_id:
        raise InvalidAnswer("wrong_party")
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), nonce.encode()):
        raise InvalidAnswer("wrong_nonce")
    return claims
