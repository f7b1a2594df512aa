"""Every endpoint of the API, one line each."""

import app.modules.posts.router
from fastapi import APIRouter

from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    api.include_router(app.modules.posts.router.router)
    api.include_router(orders_router)
