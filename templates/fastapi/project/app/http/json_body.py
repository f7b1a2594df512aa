"""JSON as it is written: what a parser would drop or round is remembered."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.http.errors import bad_request

# Beyond these a number of JavaScript, and so of most clients, has other digits.
_EXACT_DIGITS = 15
_MOST_DIGITS = 100


class Repeated(dict[str, Any]):
    """An object in which names come more than once: only their last values are kept."""

    names: list[str]


class RoundedInt(int):
    """A whole number that a double does not hold with all its digits."""


class RoundedFloat(float):
    """A number that a double does not hold with all its digits."""


def parse_json(body: bytes) -> Any:
    """Raises 400 for what is no JSON in UTF-8, such as `NaN`."""
    try:
        return json.loads(
            body.decode("utf-8-sig"),
            parse_constant=_refuse,
            parse_int=_parse_int,
            parse_float=_parse_float,
            object_pairs_hook=_parse_object,
        )
    except (ValueError, RecursionError):
        raise bad_request("Expected valid JSON in UTF-8") from None


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
