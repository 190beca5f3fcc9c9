"""Which addresses Telegram takes in a link or a button, and how it writes them."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"(?i)(https?)://")
_APP = re.compile(r"(?i)(tg|ton|tonsite):(?://)?([\w.-]+)(.*)", re.DOTALL)
_ADDRESS = re.compile(
    r"(?P<user>[^/?#@]*@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^/?#:@\[\]\s]+)"
    r"(?::(?P<port>\d{1,5}))?(?P<rest>[/?#].*)?",
    re.DOTALL,
)
_USER = re.compile(r"(?i)tg:(?://)?user\?(?:.*&)?id=(\d{1,15})(?:&.*)?")


def user_of_link(url: str) -> int | None:
    """The person that a `tg://user?id=` link names."""
    found = _USER.fullmatch(url.strip())
    return int(found[1]) if found else None


def checked_link(url: str) -> str | None:
    """The address in Telegram's spelling, or None where it takes no such address."""
    url = url.strip()
    app = _APP.fullmatch(url)
    if app:
        scheme, host, rest = app[1].lower(), app[2], app[3]
        if "." in host and scheme != "tonsite":
            return None
        return f"{scheme}://{host}{rest}"
    scheme_found = _SCHEME.match(url)
    scheme = scheme_found[1].lower() if scheme_found else "http"
    found = _ADDRESS.fullmatch(url[scheme_found.end() :] if scheme_found else url)
    if not found or not _good_host(found["host"]):
        return None
    if found["user"] and not scheme_found:  # `mailto:a@b.de` and the like
        return None
    port = int(found["port"] or 0)
    if port > 65_535:
        return None
    rest = found["rest"] or "/"
    rest = rest if rest.startswith("/") else f"/{rest}"
    where = found["host"].lower() + (f":{port}" if found["port"] else "")
    return f"{scheme}://{found['user'] or ''}{where}{rest}"


def _good_host(host: str) -> bool:
    """A name needs a dot that stands between something."""
    if host.startswith("["):
        return True
    parts = host.removesuffix(".").split(".")
    return len(parts) > 1 and all(parts)
