import time
from collections.abc import Callable
from uuid import uuid4

import jwt
import pytest

from app.auth.roles import Caller
from app.auth.token_cache import TokenCache
from app.auth.tokens import Tokens, VerifiedToken
from tests.roles import ADMIN, READER
from tests.tokens import TEST_SECRET, forge_token, unsigned_token

OTHER_SECRET = TEST_SECRET[::-1]
TOKENS = Tokens([TEST_SECRET])
CALLER = Caller(uuid4(), READER, uuid4())


def test_says_who_the_caller_is_for_ten_minutes() -> None:
    verified = TOKENS.verify(TOKENS.sign(CALLER))
    assert verified.caller == CALLER
    assert 595 < verified.expires_at - time.time() <= 600


def test_a_forged_token_would_be_taken_so_that_refusals_are_about_what_is_wrong() -> None:
    assert TOKENS.verify(forge_token()).caller.role == ADMIN


def test_has_an_end() -> None:
    with pytest.raises(jwt.ExpiredSignatureError):
        TOKENS.verify(forge_token(exp=int(time.time()) - 1))


@pytest.mark.parametrize(
    ("problem", "forge"),
    [
        ("signed with another secret", lambda: forge_token(secret=OTHER_SECRET)),
        ("needs no signature", unsigned_token),
        ("signed with another algorithm", lambda: forge_token(alg="HS384")),
        ("of another type", lambda: forge_token(typ="JWT")),
        ("from another issuer", lambda: forge_token(iss="other")),
        ("for another audience", lambda: forge_token(aud="other")),
        ("without an audience", lambda: forge_token(aud=None)),
        ("without an end", lambda: forge_token(exp=None)),
        ("without a start", lambda: forge_token(iat=None)),
        ("not good yet", lambda: forge_token(nbf=int(time.time()) + 60)),
        ("without a session", lambda: forge_token(sid=None)),
        ("with a session that is none", lambda: forge_token(sid=1)),
        ("with a role that nobody has", lambda: forge_token(role="Root")),
        ("with roles", lambda: forge_token(role=[ADMIN])),
        ("for nobody", lambda: forge_token(sub="ada")),
        ("cut short", lambda: forge_token()[:-2]),
        ("no token", lambda: "garbage"),
        ("no text of a token", lambda: "a.b.c"),
    ],
)
def test_is_refused(problem: str, forge: Callable[[], str]) -> None:
    with pytest.raises(jwt.InvalidTokenError) as refused:
        TOKENS.verify(forge())
    assert not isinstance(refused.value, jwt.ExpiredSignatureError), problem


def test_signed_with_the_secret_before_this_one_is_taken_while_that_is_known() -> None:
    old = TOKENS.sign(CALLER)
    rotated = Tokens([OTHER_SECRET, TEST_SECRET])
    assert rotated.verify(old).caller == CALLER
    assert rotated.verify(rotated.sign(CALLER)).caller == CALLER
    for tokens, token in [(TOKENS, rotated.sign(CALLER)), (Tokens([OTHER_SECRET]), old)]:
        with pytest.raises(jwt.InvalidSignatureError):
            tokens.verify(token)


def verified(seconds: float = 60, caller: Caller = CALLER) -> VerifiedToken:
    return VerifiedToken(caller, time.time() + seconds)


def test_the_cache_has_a_size_and_the_oldest_go_first() -> None:
    cache = TokenCache(2)
    for token in ["a", "b", "a", "c"]:
        cache.set(token, verified(), cache.now())
    assert [cache.get(token) is not None for token in "abc"] == [True, False, True]


def test_the_cache_forgets_what_has_expired_and_whom_it_is_told_to() -> None:
    cache = TokenCache(10)
    cache.set("old", verified(-1), cache.now())
    cache.set("first", verified(), cache.now())
    another = Caller(uuid4(), CALLER.role, CALLER.session_id)
    cache.set("second", verified(caller=another), cache.now())
    cache.forget(lambda caller: caller.id == CALLER.id)
    assert [cache.get(token) is not None for token in ["old", "first", "second"]] == [
        False,
        False,
        True,
    ]


def test_the_cache_does_not_keep_what_was_asked_before_its_session_ended() -> None:
    cache = TokenCache(10)
    since = cache.now()
    cache.forget(lambda caller: caller.id == CALLER.id)
    cache.set("first", verified(), since)
    assert cache.get("first") is None
