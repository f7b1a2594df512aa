"""The errors of PostgreSQL that are answers.

Their codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

import re
from typing import Any

from asyncpg import PostgresError
from sqlalchemy.exc import DBAPIError

from app.db.database import Away
from app.http.errors import ApiError, ErrorDetail, conflict, unavailable, validation_error

# Values that a column cannot store: malformed, out of range, or invalid text.
_DATA = {"22P02", "22P05", "22003", "22007", "22008", "22021"}
# Serialization failure, deadlock, lost connection, no resources, no lock, cancelled, shutdown.
_PASSING = re.compile(r"40001|40P01|08...|53...|55P03|57014|57P0[123]")


def translate_database_error(error: Exception) -> ApiError | None:
    """The answer to an error of the database; None where it is a fault of ours.

    409 for a duplicate value or a row that is still referenced, 422 for a reference to a missing
    row or a value out of range, 503 where a retry may succeed.
    """
    if isinstance(error, Away):
        return unavailable()
    cause = _cause_of(error)
    if isinstance(cause, PostgresError):
        code = cause.sqlstate or ""
        return unavailable() if _PASSING.fullmatch(code) else _translate(code, cause)
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return unavailable() if is_lost else None


def _cause_of(error: Exception) -> BaseException | None:
    """The error of asyncpg, behind the one that SQLAlchemy makes of it."""
    if not isinstance(error, DBAPIError):
        return error
    return error.orig and (error.orig.__cause__ or error.orig)


def _translate(code: str, cause: Any) -> ApiError | None:
    field = _field_of(cause.table_name, cause.constraint_name)
    match code:
        case "23505":
            return conflict(
                "A row with this value already exists", [_about(field, "Already exists")]
            )
        case "23001":
            return _still_in_use(cause)
        case "23503" if "(id)=" in (cause.detail or ""):
            # References always point to `id`, so this key belongs to the referenced row.
            return _still_in_use(cause)
        case "23503":
            return validation_error([_about(field, "Does not exist")])
        case "23514":
            return validation_error([_about(field, "Outside the allowed range")])
        case "54000":
            return validation_error([_about(_indexed_field_of(cause), "Too long")])
    return validation_error([]) if code in _DATA else None


def _still_in_use(cause: Any) -> ApiError:
    return conflict(f"The row is still referenced by {cause.table_name}")


def _about(field: str, message: str) -> ErrorDetail:
    return {"field": field, "message": message}


def _indexed_field_of(cause: Any) -> str:
    """A value that is too long for an index: the error has the names only in its texts."""
    constraint = re.search(r'index "(.+?)"', str(cause))
    table = re.search(r'relation "(.+?)"', cause.detail or "")
    return _field_of(table and table[1], constraint and constraint[1])


def _field_of(table: str | None, constraint: str | None) -> str:
    """Constraints are named table_column_kind: `posts_author_id_foreign` is about `authorId`."""
    name = constraint or ""
    column = name[len(table or "") + 1 : name.rfind("_")]
    return re.sub(r"_(.)", lambda found: found[1].upper(), column)
