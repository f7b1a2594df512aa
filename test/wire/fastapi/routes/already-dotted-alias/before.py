import app.modules.orders.router as buying


def add_routes(api):
    api.include_router(buying.router)
