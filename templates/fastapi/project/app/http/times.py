"""Days, times of day and moments."""

from datetime import UTC, date, datetime, time
from typing import Annotated

from app.http.bounds import not_after, not_before
from app.http.form import Form, as_text, invalid, pattern_of, schema_of

_DAY = (
    r"(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-"
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|"
    r"(?:02)-(?:0[1-9]|1\d|2[0-8])))"
)
_YEAR = r"^(?!0000)"
_IS_DATE = pattern_of(rf"^(?!0000){_DAY}$")


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if not _IS_DATE.match(as_text(value)):
        raise invalid("Invalid ISO date")
    return date.fromisoformat(str(value))


# `2026-01-31`
Date = Annotated[date, Form(_date, schema_of(f"^{_DAY}$", _YEAR))]

_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
_IS_CLOCK = pattern_of(_CLOCK)


def Daytime(*, min: str | None = None, max: str | None = None) -> Form:
    """`10:30` or `10:30:15`, without a time zone; answered with seconds."""
    least, most = (None if each is None else time.fromisoformat(each) for each in (min, max))

    def read(value: object) -> time:
        if isinstance(value, time):
            return value
        if not _IS_CLOCK.match(as_text(value)):
            raise invalid('Invalid time: expected a string like "10:30" or "10:30:15"')
        given = time.fromisoformat(str(value))
        if least is not None and given < least:
            raise invalid(f"Too small: expected >={min}")
        if most is not None and given > most:
            raise invalid(f"Too big: expected <={max}")
        return given

    patterns = [_CLOCK]
    if min is not None:
        patterns.append(not_before(min))
    if max is not None:
        patterns.append(not_after(max))
    return Form(read, schema_of(*patterns))


_MOMENT = (
    rf"^{_DAY}T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?"
    r"(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$"
)
# A year with four digits in UTC too.
_IN_RANGE = r"^(?!0000|0001-01-01T.*\+|9999-12-31T.*-\d\d:).{16}:"
_IS_MOMENT, _IS_IN_RANGE = pattern_of(_MOMENT), pattern_of(_IN_RANGE)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    given = as_text(value)
    if not _IS_MOMENT.match(given):
        raise invalid("Invalid ISO datetime")
    if not _IS_IN_RANGE.match(given):
        raise invalid("Invalid ISO datetime")
    moment = datetime.fromisoformat(given).astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def iso(value: datetime) -> str:
    """In UTC with milliseconds, as JavaScript writes it."""
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ISO 8601 with an offset. Stored and answered in UTC with milliseconds.
DateTime = Annotated[datetime, Form(_moment, schema_of(_MOMENT, _IN_RANGE), iso)]
# When the server did something.
Timestamp = Annotated[datetime, Form(_moment, {"type": "string", "format": "date-time"}, iso)]
