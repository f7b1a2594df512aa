from fastapi import APIRouter

from app.all import ROUTERS


def add_routes(api: APIRouter) -> None:
    for router in ROUTERS:
        api.include_router(router)
