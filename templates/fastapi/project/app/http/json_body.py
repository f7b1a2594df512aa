"""JSON as it is written: what a parser would drop or round is remembered."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.http.errors import ApiError, bad_request, validation_error

# Beyond these a number of JavaScript, and so of most clients, has other digits.
_EXACT_DIGITS = 15
_MOST_DIGITS = 100

TOO_DEEP = "Nested too deeply"
# Levels of nesting: far deeper, and recursive code would exceed its limit.
DEEPEST = 100
_NO_JSON = "Expected valid JSON in UTF-8"
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
# The level of the names in `{ "data": { … } }`, and one that no parser runs out of stack before.
_DATA, _TOO_DEEP = 2, 200


class Repeated(dict[str, Any]):
    """An object in which names come more than once: only their last values are kept."""

    names: list[str]


class RoundedInt(int):
    """A whole number that a double does not hold with all its digits."""


class RoundedFloat(float):
    """A number that a double does not hold with all its digits."""


def parse_json(body: bytes) -> Any:
    """Raises 400 for what is no JSON in UTF-8, such as `NaN`, and 422 where it is too deep."""
    try:
        text = body.decode("utf-8-sig")
        return json.loads(
            text,
            parse_constant=_refuse,
            parse_int=_parse_int,
            parse_float=_parse_float,
            object_pairs_hook=_parse_object,
        )
    except ValueError:
        raise bad_request(_NO_JSON) from None
    except RecursionError:
        raise _too_deep(text) from None


def _too_deep(text: str) -> ApiError:
    """The parser has run out of stack: the last name in `data` is that of the field."""
    depth, field = 0, None
    for token in _TOKENS.findall(text):
        if token in ("[", "{"):
            depth += 1
        elif token in ("]", "}"):
            depth -= 1
        elif depth == _DATA:
            field = token
        if depth > _TOO_DEEP:
            break
    if field is None:
        return bad_request(_NO_JSON)
    return validation_error([{"field": json.loads(field), "message": TOO_DEEP}])


def is_deeper(value: Any, levels: int) -> bool:
    level = [value]
    for _ in range(levels + 1):
        level = [each for parent in level for each in _children(parent)]
        if not level:
            return False
    return True


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _parse_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) == len(pairs):
        return read
    repeated = Repeated(read)
    numbers = Counter(name for name, _ in pairs)
    repeated.names = [name for name, number in numbers.items() if number > 1]
    return repeated


def _parse_int(text: str) -> int | float:
    if len(text) <= _EXACT_DIGITS and text != "-0":
        return int(text)
    if len(text) > _MOST_DIGITS:
        return RoundedFloat(text)
    return int(text) if _is_exact(text) else RoundedInt(text)


def _parse_float(text: str) -> float:
    return float(text) if _is_exact(text) else RoundedFloat(text)


def _is_exact(text: str) -> bool:
    """Whether a number keeps its digits and its sign: `1.0` does, `-0` does not."""
    value = float(text)
    digits = _significant(text)
    if not digits:
        return not text.startswith("-")
    if value == 0 or value in (float("inf"), float("-inf")) or len(digits) > _MOST_DIGITS:
        return False
    return _significant(f"{value:.{len(digits) - 1}e}") == digits


def _significant(text: str) -> str:
    mantissa = text.lower().partition("e")[0]
    return mantissa.replace("-", "").replace(".", "").strip("0")


def whole(text: str) -> str:
    """A text may have halves of characters, which no UTF-8 has."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
