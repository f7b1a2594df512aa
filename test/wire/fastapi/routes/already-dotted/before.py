import app.modules.orders.router
def add_routes(api):
    api.include_router(app.modules.orders.router.router)
