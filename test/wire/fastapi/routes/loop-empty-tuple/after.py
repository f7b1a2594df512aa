from fastapi import APIRouter

from app.modules.orders.router import router as orders_router


def add_routes(api: APIRouter) -> None:
    for router in (orders_router,):
        api.include_router(router)
