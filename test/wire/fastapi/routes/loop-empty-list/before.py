from fastapi import APIRouter

ROUTERS: list[APIRouter] = []

def add_routes(api: APIRouter) -> None:
    for router in ROUTERS:
        api.include_router(router)
