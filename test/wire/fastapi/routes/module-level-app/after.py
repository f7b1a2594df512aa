from fastapi import FastAPI

from app.modules.orders.router import router as orders_router
from app.modules.posts.router import router as posts_router

app = FastAPI(
    title="api",
)
app.include_router(posts_router)
app.include_router(orders_router)


@app.get("/ping")
async def ping() -> str:
    return "pong"
