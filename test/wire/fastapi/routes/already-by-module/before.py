from fastapi import APIRouter

from app.modules import orders


def add_routes(api: APIRouter) -> None:
    api.include_router(orders.router.router)
