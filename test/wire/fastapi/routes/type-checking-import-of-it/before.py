from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from app.modules.orders.router import router as orders


def add_routes(api: APIRouter) -> None:
    """Mounts every endpoint."""
