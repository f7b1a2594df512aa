"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    api.include_router(prefix="/shop", router=orders_router)
