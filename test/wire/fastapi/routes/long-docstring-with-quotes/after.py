"""Routes.

    api.include_router(x)

"""
from fastapi import APIRouter

from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    '''Mounts.'''
    api.include_router(orders_router)
