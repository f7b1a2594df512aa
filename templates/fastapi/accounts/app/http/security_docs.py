"""What the documentation says of who may call an operation."""

from typing import Any

from app.auth.roles import Role

UNSECURED: dict[str, Any] = {"security": []}

# An access token is required only if the row refers to a row that is not public.
OPTIONALLY_SECURED: dict[str, Any] = {
    "security": [{}, {"bearer": []}],
    "description": "An access token is required to refer to a row that is not public.",
}


def secured(*allowed: Role) -> dict[str, Any]:
    """Requires an access token of any user, or of a user with one of these roles."""
    security = {"security": [{"bearer": list(allowed)}]}
    if not allowed:
        return security
    return {**security, "description": f"Requires one of these roles: {', '.join(allowed)}."}


def secured_for_owner(*beyond: Role) -> dict[str, Any]:
    """Requires an access token. Users without one of these roles reach only their own rows."""
    roles = ", ".join(beyond)
    description = f"Limited to the caller's own rows, except for these roles: {roles}."
    return {"security": [{"bearer": []}], "description": description}
