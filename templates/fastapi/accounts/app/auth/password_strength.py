import re

from anyio import to_thread
from zxcvbn import zxcvbn

from app.about import NAME
from app.auth.passwords import normalized

# On a scale from 0 to 4. A score of 3 means more than a hundred million guesses.
_LEAST_SCORE = 3

# Further characters are ignored: they take long to check, and can only add strength.
_MOST_READ = 40


async def weakness_of(password: str, email: str) -> str | None:
    """Explains why a password is too easy to guess; None if it is strong enough.

    The password is compared with the most common ones, the user's email address, and common
    variations: replaced letters, dates, repetitions, keyboard patterns (Wheeler, "zxcvbn", USENIX
    Security 2016).
    """
    if await to_thread.run_sync(_score_of, password, email) >= _LEAST_SCORE:
        return None
    return "Too easy to guess: too similar to a common password, a keyboard pattern or your email"


def _score_of(password: str, email: str) -> int:
    words = [word for each in (NAME, email) for word in (each, *re.split("[^a-zA-Z0-9]", each))]
    known = [word[:_MOST_READ] for word in words if word]
    score: int = zxcvbn(normalized(password)[:_MOST_READ], user_inputs=known)["score"]
    return score
