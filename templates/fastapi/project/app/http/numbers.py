"""Numbers, and decimals, which travel as strings."""

from decimal import Decimal
from typing import Any

from app.http.bounds import at_least, at_most
from app.http.form import Form, as_text, expected, invalid, pattern_of, schema_of


def _check_number(value: Any, least: Any, most: Any) -> None:
    if least is not None and value < least:
        raise invalid(f"Too small: expected number to be >={least}")
    if most is not None and value > most:
        raise invalid(f"Too big: expected number to be <={most}")


LEAST_INTEGER, MOST_INTEGER = -(2**31), 2**31 - 1
# Beyond it, a JavaScript number leaves out integers.
_MOST_EXACT = 2**53 - 1


def Integer(*, min: int = LEAST_INTEGER, max: int = MOST_INTEGER) -> Form:
    """In JSON, 5.0 and 5 are one number."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise expected("number", value)
        if isinstance(value, float) and not value.is_integer():
            raise invalid("Invalid input: expected int, received number")
        if value > _MOST_EXACT:
            raise invalid(f"Too big: expected int to be <={_MOST_EXACT}")
        if value < -_MOST_EXACT:
            raise invalid(f"Too small: expected int to be >=-{_MOST_EXACT}")
        _check_number(value, LEAST_INTEGER, MOST_INTEGER)
        _check_number(value, min, max)
        return int(value)

    return Form(read, {"type": "integer", "minimum": min, "maximum": max})


def Number(*, min: float | None = None, max: float | None = None) -> Form:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise expected("number", value)
        try:
            given = float(value)
        except OverflowError:
            raise invalid("Invalid input: expected number, received Infinity") from None
        if given in (float("inf"), float("-inf")):
            raise invalid("Invalid input: expected number, received Infinity")
        _check_number(given, min, max)
        # Without the sign of -0, which JSON elsewhere does not keep.
        return given + 0.0

    known = {"minimum": min, "maximum": max}
    given = {key: value for key, value in known.items() if value is not None}
    return Form(read, {"type": "number", **given})


_DECIMAL = r"^-?(0|[1-9]\d{0,17})(\.\d{1,9})?$"
_IS_DECIMAL = pattern_of(_DECIMAL)


def plain(value: Decimal) -> str:
    """Without an exponent."""
    return format(value, "f")


def Numeric(*, min: str | None = None, max: str | None = None) -> Form:
    """Sent as a string, since a JSON number would lose digits."""
    least, most = (None if each is None else Decimal(each) for each in (min, max))

    def read(value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if not _IS_DECIMAL.match(as_text(value)):
            raise invalid('Invalid decimal: expected a string like "12.50"')
        given = Decimal(str(value))
        if least is not None and given < least:
            raise invalid(f"Too small: expected >={min}")
        if most is not None and given > most:
            raise invalid(f"Too big: expected <={max}")
        return given

    patterns = [_DECIMAL]
    if min is not None:
        patterns.append(at_least(min))
    if max is not None:
        patterns.append(at_most(max))
    return Form(read, schema_of(*patterns), plain)
