"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.orders.router import router as orders_router

try:
    from app.modules.tags.router import router as tags_router
except ImportError:
    tags_router = APIRouter()


def add_routes(api: APIRouter) -> None:
    api.include_router(tags_router)
    api.include_router(orders_router)
