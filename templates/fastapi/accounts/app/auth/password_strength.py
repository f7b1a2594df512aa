import re

from anyio import CapacityLimiter, to_thread
from zxcvbn import zxcvbn

from app.about import NAME
from app.auth.passwords import normalized

# On a scale from 0 to 4. A score of 3 means more than a hundred million guesses.
_LEAST_SCORE = 3

# How many characters are read: more take long to check.
_MOST_READ = 40

# What people would try first here: add the names of your company and of its products.
OWN_WORDS = (NAME,)

# Signs that stand for letters, as in `P@ssw0rd`, and how many different ones are read: zxcvbn tries
# all their combinations. Ten are enough for every digit.
_SUBSTITUTES = frozenset("4@8({[<369!1|0$5+7%2")
_MOST_SUBSTITUTES = 10

# zxcvbn does not release the interpreter, so a second thread would only slow the others down.
_ONE_AT_A_TIME = CapacityLimiter(1)


async def weakness_of(password: str, email: str) -> str | None:
    """Explains why a password is too easy to guess; None if it is strong enough.

    The password is compared with the 30,000 most common ones, `OWN_WORDS`, the user's email address,
    and common variations: replaced letters, dates, repetitions, keyboard patterns (Wheeler,
    "zxcvbn", USENIX Security 2016).
    """
    score = await to_thread.run_sync(_score_of, password, email, limiter=_ONE_AT_A_TIME)
    if score >= _LEAST_SCORE:
        return None
    return "Too easy to guess: too similar to a common password, a keyboard pattern or your email"


def _score_of(password: str, email: str) -> int:
    names = (*OWN_WORDS, email)
    words = [word for each in names for word in (each, *re.split("[^a-zA-Z0-9]", each))]
    known = [word[:_MOST_READ] for word in words if word]
    score: int = zxcvbn(_beginning_of(normalized(password)), user_inputs=known)["score"]
    return score


def _beginning_of(password: str) -> str:
    """What is checked in a reasonable time: further characters can only add strength."""
    substitutes: set[str] = set()
    for index, character in enumerate(password[:_MOST_READ]):
        substitutes.update(_SUBSTITUTES.intersection(character))
        if len(substitutes) > _MOST_SUBSTITUTES:
            return password[:index]
    return password[:_MOST_READ]
