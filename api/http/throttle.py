"""Whose bucket a request is paid from: its key's, or its address's."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

from api.access.bucket import Buckets, Budget
from api.settings import Settings

LONGEST = 64
NETWORK = 64  # bits of an IPv6 address that its owner's network has; the rest is the owner's choice


def open_buckets(settings: Settings) -> Buckets | None:
    """Open buckets of the size that the settings name, if they do."""
    if not settings.bucket_size:
        return None
    return Buckets(settings.bucket_size, settings.bucket_rate)


def find_budget(buckets: Buckets, scope: Scope, key: str | None) -> Budget:
    """Find what a request may spend: by its key, if it shows one, else by its address."""
    if key is not None:
        return Budget(buckets, f"key {key}")
    client = scope.get("client")
    return Budget(buckets, name_network(client[0]) if client else "")


@lru_cache(4096)
def name_network(host: str) -> str:
    """Name the network of an address: itself, or the first half of one of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:  # what a proxy wrote need not be an address
        return host[:LONGEST]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> NETWORK:x}::/64"
