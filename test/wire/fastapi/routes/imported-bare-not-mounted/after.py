from fastapi import APIRouter

from app.modules.orders.router import router


def add_routes(api: APIRouter) -> None:
    """Mounts every endpoint."""
    api.include_router(router)
