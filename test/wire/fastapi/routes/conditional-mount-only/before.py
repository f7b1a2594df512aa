"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.tags.router import router as tags_router


def add_routes(api: APIRouter) -> None:
    if True:
        api.include_router(tags_router)
    else:
        print("off")
