import time

import pytest
from argon2 import PasswordHasher
from pydantic import TypeAdapter, ValidationError

from app.auth.password_strength import OWN_WORDS, weakness_of
from app.auth.passwords import NewPassword, Passwords

pytestmark = pytest.mark.anyio

PASSWORDS = Passwords()
NEW_PASSWORD: TypeAdapter[str] = TypeAdapter(NewPassword)
EMAIL = "ada.lovelace@example.com"


@pytest.mark.parametrize(
    "password",
    ["twelve chars", "ünïcödé is fine", "x7!".ljust(128, "a"), "😀" * 128, "        spaces"],
)
def test_may_be(password: str) -> None:
    assert NEW_PASSWORD.validate_python(password, strict=True) == password


@pytest.mark.parametrize("password", ["eleven char", "x7!".ljust(129, "a"), 123_456_789_012])
def test_may_not_be(password: object) -> None:
    with pytest.raises(ValidationError):
        NEW_PASSWORD.validate_python(password, strict=True)


async def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    one, other = await PASSWORDS.hash("same"), await PASSWORDS.hash("same")
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert await PASSWORDS.verify(one, "same") == "right"
    assert await PASSWORDS.verify(one, "Same") == "wrong"


async def test_a_hash_is_of_the_text_whichever_characters_it_was_typed_with() -> None:
    composed = await PASSWORDS.hash("zw\u00f6lf \ufb01sche")
    assert await PASSWORDS.verify(composed, "zwo\u0308lf fische") == "right"
    assert await PASSWORDS.verify(composed, "zwolf fische") == "wrong"


async def test_a_hash_is_outdated_when_it_was_made_with_other_parameters() -> None:
    weaker = PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1).hash("same")
    assert await PASSWORDS.verify(weaker, "same") == "outdated"
    assert await PASSWORDS.verify(weaker, "Same") == "wrong"


async def test_what_is_no_hash_is_never_right() -> None:
    assert await PASSWORDS.verify("-", "same") == "wrong"


@pytest.mark.parametrize(
    "password",
    [
        "open the red door",
        "ünïcödé is fine",
        "correct-horse-battery",
        "x7!" + "kq9#Zt" * 20,
        "739105826471",
    ],
)
async def test_is_strong_enough(password: str) -> None:
    assert await weakness_of(password, EMAIL) is None


async def test_no_password_takes_long_to_check() -> None:
    started = time.process_time()
    assert await weakness_of("4@8({[<369&#!1|0$5+7%2" * 2, EMAIL) is None
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("problem", "password"),
    [
        ("common", "qwertyuiop123"),
        ("common in other letters", "PassWord1234"),
        ("common with digits for letters", "P@ssw0rd12345"),
        ("common, twice", "passwordpassword"),
        ("common, with a year", "football2024!"),
        ("a row of keys", "zxcvbnmasdfghjkl"),
        ("a row of digits and signs", "1234567890!@#$%^&*()"),
        ("a repetition", "abcabcabcabc"),
        ("one letter", "x" * 128),
        ("the address", EMAIL),
        ("a part of the address", "lovelace1234"),
        *(("a name of this service", f"{word}1234567890") for word in OWN_WORDS),
    ],
)
async def test_is_too_easy_to_guess(problem: str, password: str) -> None:
    assert str(await weakness_of(password, EMAIL)).startswith("Too easy to guess"), problem
