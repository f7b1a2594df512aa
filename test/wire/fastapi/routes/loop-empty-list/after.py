from fastapi import APIRouter

from app.modules.orders.router import router as orders_router

ROUTERS: list[APIRouter] = [orders_router]

def add_routes(api: APIRouter) -> None:
    for router in ROUTERS:
        api.include_router(router)
