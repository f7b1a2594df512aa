"""Every endpoint of the API, one line each."""

from fastapi import APIRouter

from app.modules.orders.router import router as buying


def add_routes(api: APIRouter) -> None:
    api.include_router(buying)
