"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.orders2.router import router as orders2_router
from app.modules.orders10.router import router as orders10_router


def add_routes(api: APIRouter) -> None:
    api.include_router(orders2_router)
    api.include_router(orders10_router)
