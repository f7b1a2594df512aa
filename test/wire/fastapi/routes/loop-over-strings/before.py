from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    for each in ["posts"]:
        api.include_router(each)
