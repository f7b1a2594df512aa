"""Connection URLs of PostgreSQL: all that psql accepts, with several hosts, sockets, sslmode."""

import re
from urllib.parse import parse_qs

_FORM = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?]*)(?::(?P<password>[^/?]*))?@)?"
    r"(?P<hosts>[^@/?]*)(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?"
)
_ESCAPE = re.compile(r"%(?![0-9a-f]{2})", re.I)
_SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
_WRITABLE = ["any", "primary", "read-write"]


def check_address(url: str) -> None:
    """Raises `ValueError`, without the password, for what the driver could not read."""
    form = _FORM.fullmatch(url)
    if not form:
        raise ValueError("Expected postgres://user:password@host:5432/database")
    if _ESCAPE.search(url.partition("?")[0]):
        raise ValueError("Expected two hexadecimal digits after %; write a literal % as %25")
    query = {name: values[-1] for name, values in parse_qs(form["query"] or "").items()}
    if "service" in query:
        raise ValueError("Expected a host, not the name of a service")
    ports = (query.get("port") or ",".join(_ports(form["hosts"]))).split(",")
    if not all(port == "" or (port.isdecimal() and int(port) < 65536) for port in ports):
        raise ValueError("Expected ports up to 65535, one for all hosts or one for each")
    if query.get("sslmode", "prefer") not in _SSL_MODES:
        raise ValueError(
            "Expected sslmode to be disable, allow, prefer, require, verify-ca or verify-full"
        )
    if query.get("target_session_attrs", "any") not in _WRITABLE:
        raise ValueError(
            "Expected target_session_attrs to be any, primary or read-write, since the API writes"
        )


def _ports(hosts: str) -> list[str]:
    return [each.rpartition("]")[2].partition(":")[2] for each in hosts.split(",")]
