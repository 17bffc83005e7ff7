"""`orderbell site`: serve the guests' pages, for many shops or from this till's own folder.

On a till's data folder `orderbell site --port N` enrols itself for that shop (kid 0, loopback
only, its own database beside the store); with `--origin` or `shops` it is a hosted site.
`--embedded` is how the window starts it as a child process: that one never opens the store.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, data_folder
from pos_app.commands.unread import is_read
from pos_app.errors import BadInput
from pos_app.paths import store_file

if TYPE_CHECKING:
    from pos_app.tracking.settings import SiteSettings

HERE = "127.0.0.1"


def add(commands: Commands) -> None:
    parser = commands.add_parser("site", help="serve the guests' tracking pages")
    parser.set_defaults(run=site)
    # Importing the site's own options would cost every other command.
    if is_read(parser):
        from pos_app.tracking import command as hosted

        hosted.add_arguments(parser)
        parser.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)


def site(arguments: argparse.Namespace) -> int:
    from pos_app.tracking import command as hosted

    if arguments.embedded:
        from pos_app.tracking.server import serve

        serve(_settings(arguments, arguments.host, arguments.origin))
        return 0
    # Not asked of `bootstrap`: a host installs nothing of what a till needs.
    if arguments.site_act or arguments.origin or not store_file(data_folder(arguments)).exists():
        return hosted.run(arguments)
    return _of_this_till(arguments)


def _of_this_till(arguments: argparse.Namespace) -> int:
    from pos_app.commands.opening import opened
    from pos_app.lanes.enrolment import LOOPBACK, use_local_site
    from pos_app.tracking.enrolment import enrol_local
    from pos_app.tracking.server import listen, serve

    if arguments.host != HERE:
        raise BadInput(
            "--host",
            "A till's own site listens on this computer only",
            hint="The window serves the shop's Wi-Fi; guests elsewhere need a hosted site.",
        )
    if not 1 <= arguments.port <= 65_535:
        raise BadInput("--port", "A port is from 1 to 65535")
    settings = _settings(arguments, HERE, None)
    # The shop's address changes only when this port can be had.
    for bound in listen(settings)[1]:
        bound.close()
    with opened(arguments) as shop:
        use_local_site(shop, settings.origin, LOOPBACK, enrol_local)
    serve(settings)
    return 0


def _settings(arguments: argparse.Namespace, host: str, origin: str | None) -> SiteSettings:
    from pos_app.lanes.enrolment import origin_of
    from pos_app.paths import site_file
    from pos_app.tracking.settings import Mode, SiteSettings, default_limits

    mode: Mode = "loopback" if _is_loopback(host) else "shop_network"
    return SiteSettings(
        origin=origin or origin_of(host, arguments.port),
        database=site_file(data_folder(arguments)),
        host=host,
        port=arguments.port,
        mode=mode,
        limits=default_limits(mode),
    )


def _is_loopback(host: str) -> bool:
    import ipaddress

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise BadInput("--host", "This is no IP address") from None
    if not (address.is_loopback or address.is_private) or address.is_unspecified:
        raise BadInput("--host", "Only a private address of this computer is served")
    return address.is_loopback
