from fastapi import APIRouter


def add_routes(api: APIRouter) -> None:
    from app.modules.orders.router import router as orders_router

    api.include_router(orders_router)
    api.include_router(APIRouter())
