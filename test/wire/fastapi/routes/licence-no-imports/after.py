# Copyright 2026
from app.modules.orders.router import router as orders_router



def add_routes(api) -> None:
    """Mounts every endpoint."""
    api.include_router(orders_router)
