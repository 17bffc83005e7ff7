"""nginx and Caddy with the configuration that is shipped, on ports of 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hosting.shipped import SITE, proxy
from tests.support.certificates import authority
from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.waiting import until

HERE, NAME = "127.0.0.1", "orders.example.com"
NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    access_log {folder}/access.log;
    gzip on;
    gzip_types *;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {configured}/*.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running proxy. `site_port` is where it looks for the site."""

    kind: str
    http_port: int
    https_port: int
    site_port: int
    folder: Path
    process: Process

    @property
    def authority(self) -> str:
        return f"{NAME}:{self.https_port}"

    @property
    def origin(self) -> str:
        return f"https://{self.authority}"

    def connect(self, *protocols: str, name: str | None = NAME) -> ssl.SSLSocket:
        """A connection over TLS, checked against the tests' authority."""
        context = trusting()
        context.check_hostname = name is not None
        if protocols:
            context.set_alpn_protocols(list(protocols))
        raw = socket.create_connection((HERE, self.https_port), timeout=10)
        return context.wrap_socket(raw, server_hostname=name)

    def said(self) -> str:
        """Everything that the proxy has written: logs, and to its console."""
        logs = [file.read_text("utf-8", "replace") for file in self.folder.glob("*.log")]
        return "\n".join([*logs, *self.process.told()])


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cadata=authority().pem)


def certificate(folder: Path) -> Path:
    """A file with key and certificate of the proxy."""
    return authority().server_file(folder, NAME)


@contextmanager
def nginx(folder: Path, configured: Path, ports: tuple[int, int, int]) -> Iterator[Proxy]:
    """nginx with the files of the folder `configured`, amid settings as careless as possible.

    `ports` are those of http, https and the site.
    """
    folder.mkdir(exist_ok=True)
    # As root it would work as somebody who may not enter a test's folder.
    user = "user root root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(NGINX.format(user=user, folder=folder, configured=configured), "utf-8")
    command = [_program("nginx"), "-e", str(folder / "error.log"), "-c", str(main)]
    with Process(command, name="nginx") as process:
        yield _up(Proxy("nginx", *ports, folder, process))


@contextmanager
def shipped_nginx(folder: Path) -> Iterator[Proxy]:
    http, https, site = (free_port() for _ in range(3))
    pem = certificate(folder)
    front = proxy.Front(NAME, pem, pem, HERE, http, https, site)
    configured = folder / "conf.d"
    configured.mkdir()
    (configured / "orderbell-http.conf").write_text(proxy.http_conf(front), "utf-8")
    (configured / "orderbell-https.conf").write_text(proxy.https_conf(front), "utf-8")
    with nginx(folder, configured, (http, https, site)) as running:
        yield running


@contextmanager
def shipped_caddy(folder: Path) -> Iterator[Proxy]:
    http, https, site = (free_port() for _ in range(3))
    pem = certificate(folder)
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "ORDERBELL_DOMAIN": NAME,
        "ORDERBELL_CERTIFICATE": f"{pem} {pem}",
        "ORDERBELL_BIND": HERE,
        "ORDERBELL_HTTP_PORT": str(http),
        "ORDERBELL_HTTPS_PORT": str(https),
        "ORDERBELL_SITE": f"{HERE}:{site}",
    }
    command = [
        _program("caddy"),
        "run",
        "--config",
        str(SITE / "Caddyfile"),
        "--adapter",
        "caddyfile",
    ]
    with Process(command, env=environment, name="caddy") as process:
        yield _up(Proxy("caddy", http, https, site, folder, process))


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert found is not None, f"{name} is not installed"
    return found


def _up(running: Proxy) -> Proxy:
    def answers() -> bool:
        try:
            socket.create_connection((HERE, running.http_port), timeout=10).close()
        except OSError:
            assert running.process.is_running, running.said()
            return False
        return True

    until(answers, f"{running.kind} to listen", pause_s=0.05)
    return running
