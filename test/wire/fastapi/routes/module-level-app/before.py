from fastapi import FastAPI

from app.modules.posts.router import router as posts_router

app = FastAPI(
    title="api",
)
app.include_router(posts_router)


@app.get("/ping")
async def ping() -> str:
    return "pong"
