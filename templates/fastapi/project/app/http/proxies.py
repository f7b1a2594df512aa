"""Which proxies are believed, and whose address a request has: TRUST_PROXY decides."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.types import Scope

# Their number, or their addresses.
TrustProxy = int | list[str]

# Whether to believe an address that stands so many hops away.
IsTrusted = Callable[[str, int], bool]

# Providers assign ranges of this size or smaller to a customer.
_CLIENT_BITS = 56

_RANGES = {
    "loopback": ["127.0.0.1/8", "::1/128"],
    "linklocal": ["169.254.0.0/16", "fe80::/10"],
    "uniquelocal": ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
}


def is_trusted_by(proxies: TrustProxy) -> IsTrusted:
    """Raises `ValueError` for what is no address, range or name of ranges."""
    if isinstance(proxies, int):
        return lambda _address, hops: hops < proxies
    networks = [_network(text) for each in proxies for text in _RANGES.get(each.lower(), [each])]
    return lambda address, _hops: _is_in(address, networks)


def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)


def _is_in(address: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    try:
        read = ip_address(address)
    except ValueError:
        return False
    return any(read in network for network in networks)


def header_of(scope: Scope, name: bytes) -> str | None:
    """The first line of a header."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None


def _headers_of(scope: Scope, name: bytes) -> str | None:
    """All lines of a header as one list (RFC 9110, section 5.3): a proxy may add one of its own."""
    values = [value for key, value in scope["headers"] if key == name]
    return str(b",".join(values), "latin-1") if values else None


def socket_address(scope: Scope) -> str:
    """On a socket for IPv6 and IPv4, IPv4 addresses are written as `::ffff:203.0.113.1`."""
    client = scope.get("client")
    return _plain(client[0]) if client else ""


def address_behind(scope: Scope, is_trusted: IsTrusted) -> str:
    """The first address on the way here that no trusted proxy vouches for."""
    address = socket_address(scope)
    forwarded = _headers_of(scope, b"x-forwarded-for")
    if forwarded is None:
        return address
    for hops, earlier in enumerate(reversed(forwarded.split(","))):
        if not is_trusted(address, hops):
            return address
        address = _plain(earlier.strip())
    return address


def network_of(address: str) -> str:
    """What counts as one client: whoever has an IPv6 address has a whole range of them."""
    if ":" not in address:
        return address
    try:
        return str(ip_network((address, _CLIENT_BITS), strict=False))
    except ValueError:
        return address


def is_from_proxy(scope: Scope, is_trusted: IsTrusted) -> bool:
    """Whether the request comes from a proxy in TRUST_PROXY, so that its headers are believed."""
    return is_trusted(socket_address(scope), 0)


def _plain(address: str) -> str:
    is_mapped = address[:7].lower() == "::ffff:" and "." in address
    return address[7:] if is_mapped else address
