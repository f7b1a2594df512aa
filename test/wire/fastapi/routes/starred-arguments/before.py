from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    for each in LIST:
        api.include_router(*each)
