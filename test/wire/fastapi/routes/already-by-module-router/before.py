from fastapi import APIRouter

from app.modules.orders import router as orders


def add_routes(api: APIRouter) -> None:
    api.include_router(orders.router)
