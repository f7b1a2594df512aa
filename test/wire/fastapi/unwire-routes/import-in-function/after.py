from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:

    api.include_router(APIRouter())
