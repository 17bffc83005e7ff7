"""nginx in front of the site: its two files, filled in for one name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from release import Stopped

_TEMPLATES = Path(__file__).resolve().parent / "nginx"
_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)


@dataclass(frozen=True)
class Front:
    """What guests reach. An empty `address` is every one of this machine, also by IPv6."""

    domain: str
    certificate: Path
    certificate_key: Path
    address: str = ""
    http_port: int = 80
    https_port: int = 443
    site_port: int = 8123

    @property
    def authority(self) -> str:
        return self.domain if self.https_port == 443 else f"{self.domain}:{self.https_port}"

    @property
    def origin(self) -> str:
        return f"https://{self.authority}"


def checked_name(text: str) -> str:
    """A host's name in lower case. Raises Stopped for an address, a path and other nonsense."""
    name = text.strip().lower().rstrip(".")
    if not _NAME.fullmatch(name) or name.rpartition(".")[2].isdigit():
        raise Stopped(f"“{text}” is no name of a site. Write it like orders.example.com")
    return name


def http_conf(front: Front) -> str:
    return _filled("http.conf", front)


def https_conf(front: Front) -> str:
    return _filled("https.conf", front)


def _filled(template: str, front: Front) -> str:
    text = (_TEMPLATES / template).read_text("utf-8")
    values = {
        "HTTP_LISTEN": _listen(front.address, front.http_port),
        "HTTPS_LISTEN": _listen(front.address, front.https_port, " ssl http2"),
        "OTHERS_LISTEN": _listen(front.address, front.https_port, " ssl http2 default_server"),
        "DOMAIN": front.domain,
        "AUTHORITY": front.authority,
        "CERTIFICATE": _quoted(front.certificate),
        "CERTIFICATE_KEY": _quoted(front.certificate_key),
        "SITE_PORT": str(front.site_port),
    }
    return re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], text)


def _listen(address: str, port: int, how: str = "") -> str:
    places = [f"{address}:{port}"] if address else [str(port), f"[::]:{port}"]
    return "\n".join(f"    listen {place}{how};" for place in places)


def _quoted(path: Path) -> str:
    text = str(path)
    if re.search(r"[\"\\$\s;{}]", text):
        raise Stopped(f"nginx would misread the path {text}. Use one without spaces and signs")
    return text
