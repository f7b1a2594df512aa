"""The same routes, each part as the documentation of FastAPI, SQLAlchemy, and slowapi shows it."""

import base64
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID, uuid4

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.alias_generators import to_camel
from slowapi import Limiter, _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded
from slowapi.util import get_remote_address
from sqlalchemy import DateTime, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

RATE_LIMIT = os.environ["RATE_LIMIT"]
SECRET_KEY = os.environ["AUTH_SECRET"]
# The name of the generated project, whose tokens are accepted.
ISSUER = "service"

engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgres://", "postgresql+asyncpg://"),
    pool_size=10,
)
async_session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True)}


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    price: Mapped[Decimal]
    owner_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CamelModel(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        from_attributes=True,
        populate_by_name=True,
    )


class PostOut(CamelModel):
    id: UUID
    title: str
    body: str
    price: Decimal
    owner_id: UUID
    created_at: datetime
    updated_at: datetime


class Meta(CamelModel):
    next_cursor: str | None
    limit: int
    timestamp: datetime
    request_id: str


class Page(CamelModel):
    data: list[PostOut]
    meta: Meta


class User(BaseModel):
    id: UUID
    role: str


oauth2_scheme = OAuth2PasswordBearer(tokenUrl="api/auth/login")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with async_session() as session:
        yield session


async def get_current_user(token: Annotated[str, Depends(oauth2_scheme)]) -> User:
    try:
        payload = jwt.decode(
            token,
            SECRET_KEY,
            algorithms=["HS256"],
            audience=ISSUER,
            issuer=ISSUER,
        )
    except jwt.InvalidTokenError:
        raise HTTPException(
            status_code=401,
            detail="Could not validate credentials",
            headers={"WWW-Authenticate": "Bearer"},
        ) from None
    return User(id=payload["sub"], role=payload["role"])


limiter = Limiter(key_func=get_remote_address)
app = FastAPI()
app.state.limiter = limiter
app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)
app.add_middleware(CORSMiddleware, allow_origins=["https://example.com"])


@app.middleware("http")
async def add_headers(
    request: Request,
    call_next: Callable[[Request], Awaitable[Response]],
) -> Response:
    start_time = time.perf_counter()
    request.state.request_id = str(uuid4())
    response = await call_next(request)
    response.headers["X-Request-Id"] = request.state.request_id
    response.headers["X-Process-Time"] = str(time.perf_counter() - start_time)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


FIXED_ROWS = TypeAdapter(list[PostOut]).validate_json(Path(os.environ["FIXED_ROWS"]).read_bytes())


def meta(request: Request, limit: int, next_cursor: str | None = None) -> Meta:
    return Meta(
        next_cursor=next_cursor,
        limit=limit,
        timestamp=datetime.now(UTC),
        request_id=request.state.request_id,
    )


class ListQuery(CamelModel):
    model_config = ConfigDict(extra="forbid")

    search: Annotated[str | None, Query(min_length=1, max_length=100)] = None
    sort_by: Literal["createdAt", "price"] = "createdAt"
    sort_order: Literal["asc", "desc"] = "desc"
    limit: Annotated[int, Query(ge=1, le=100)] = 20
    cursor: Annotated[str | None, Query(max_length=10_000)] = None


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/api/posts", response_model=Page)
@limiter.limit(RATE_LIMIT)
async def list_posts(
    request: Request,
    query: Annotated[ListQuery, Query()],
    user: Annotated[User, Depends(get_current_user)],
    session: Annotated[AsyncSession, Depends(get_session)],
):
    statement = select(Post).order_by(Post.id.desc()).limit(query.limit + 1)
    found = (await session.scalars(statement)).all()
    rows = found[: query.limit]
    has_more = len(found) > query.limit
    next_cursor = base64.urlsafe_b64encode(rows[-1].id.bytes).decode() if has_more else None
    return {"data": rows, "meta": meta(request, query.limit, next_cursor)}


@app.get("/api/fixed", response_model=Page)
@limiter.limit(RATE_LIMIT)
async def list_fixed(
    request: Request,
    query: Annotated[ListQuery, Query()],
    user: Annotated[User, Depends(get_current_user)],
):
    return {"data": FIXED_ROWS, "meta": meta(request, query.limit)}
