def add_routes(api):
    """Mounts every endpoint."""
