"""Every endpoint of the API, one line each."""


def add_routes(api):
    """Mounts every endpoint."""
