from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    for router in ():
        api.include_router(router)
