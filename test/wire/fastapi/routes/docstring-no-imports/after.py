"""Every endpoint of the API, one line each."""

from app.modules.orders.router import router as orders_router


def add_routes(api):
    """Mounts every endpoint."""
    api.include_router(orders_router)
