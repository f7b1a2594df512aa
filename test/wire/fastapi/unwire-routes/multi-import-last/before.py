from fastapi import APIRouter

from app.modules import notes, orders


def add_routes(api: APIRouter) -> None:
    api.include_router(notes.router.router)
    api.include_router(orders.router.router)
