"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    """Mounts every endpoint."""
    api.include_router(orders_router)
