"""Addresses to come back to: only pages of our own."""

from urllib.parse import urlsplit


def own_path(address: str | None, otherwise: str) -> str:
    """The address when it is a path on this server, else `otherwise`; never another host.

    >>> own_path("/explore?wave=2", "/"), own_path("//evil.example", "/"), own_path(None, "/home")
    ('/explore?wave=2', '/', '/home')
    """
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return otherwise
    if any(ord(letter) < 32 for letter in address):
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc else address
