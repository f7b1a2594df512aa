from fastapi import Request


async def not_stored(request: Request) -> None:
    """Responses about accounts must not be cached.

    They must not be compressed either, since the length of a compressed response can reveal a
    token (BREACH).
    """
    request.state.headers["Cache-Control"] = "private, no-store, no-transform"
