# Copyright 2026


def add_routes(api) -> None:
    """Mounts every endpoint."""
