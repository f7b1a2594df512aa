"""Reads JSON and remembers what JSON readers lose: digits of numbers, names that come twice."""

import json
from typing import Any


class Rounded(float):
    """A number with more digits than a JSON reader may keep (RFC 8259, section 6)."""


class Repeated(dict[str, Any]):
    """An object in which a name comes twice."""

    def __init__(self, pairs: list[tuple[str, Any]], name: str) -> None:
        super().__init__(pairs)
        self.name = name


def parse_json_text(text: str | bytes) -> Any:
    """Like `json.loads`, without what JSON does not have. Raises ValueError and RecursionError."""
    return json.loads(
        text,
        parse_constant=_refuse,
        parse_float=_number,
        parse_int=_integer,
        object_pairs_hook=_object,
    )


def loss_in(value: Any) -> str | None:
    """What was lost at any depth of an object or array."""
    if isinstance(value, Rounded):
        return "a number cannot be kept with all its digits"
    if isinstance(value, Repeated):
        return f'"{value.name}" comes twice in an object'
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return next((loss for loss in map(loss_in, value) if loss is not None), None)
    return None


def repeated_name(value: Any) -> str | None:
    """The name that comes twice in an object."""
    return value.name if isinstance(value, Repeated) else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _number(text: str) -> float:
    value = float(text)
    return value if _is_exact(text, value) else Rounded(value)


def _integer(text: str) -> int | float:
    if len(text) < 16 and text != "-0":
        return int(text)
    return int(text) if len(text) < 400 and _is_exact(text, float(text)) else Rounded(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    names = [name for name, _ in pairs]
    return Repeated(pairs, next(name for name in names if names.count(name) > 1))


def _is_exact(text: str, value: float) -> bool:
    """Whether a number keeps its digits and its sign: `1.0` does, `-0` does not."""
    digits = _significant(text)
    if digits == "":
        return not text.startswith("-")
    if value == 0 or value in (float("inf"), float("-inf")) or len(digits) > 100:
        return False
    return _significant(f"{value:.{len(digits) - 1}e}") == digits


def _significant(text: str) -> str:
    return text.lower().partition("e")[0].replace("-", "").replace(".", "").strip("0")
