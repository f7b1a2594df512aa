"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.notes.router import router as notes_router
from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    for each in (notes_router, orders_router):
        api.include_router(each)
