"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.config import Settings
from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router
from app.things import thing


def add_routes(api: APIRouter) -> None:
    api.include_router(posts_router)
    api.include_router(orders_router)
