"""What a command says where the database cannot do what it asks."""

from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from app.db.database import Away
from app.logging import describe_error

FAILURES = (RuntimeError, OSError, SQLAlchemyError, PostgresError)


def describe_failure(error: Exception) -> str:
    """Without the stack, and without the values of a statement."""
    if isinstance(error, Away):
        return f"The database does not respond: {error}"
    if isinstance(error, SQLAlchemyError):
        return str(describe_error(error)["message"])
    return str(error)
