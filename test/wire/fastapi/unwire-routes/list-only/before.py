from app.modules.orders.router import router as orders_router

ROUTERS = [orders_router]
