"""`orderbell site`: serve a hosted site, and say which shops may use it."""

from __future__ import annotations

import argparse
from pathlib import Path

from pos_app.clock import SystemClock, iso
from pos_app.errors import BadInput
from pos_app.paths import default_data_folder, make_private_folder, site_file
from pos_app.tracking import dated_copies, service, tills_command
from pos_app.tracking.enrolment import add_shop, list_shops
from pos_app.tracking.keys import expect_key
from pos_app.tracking.repository import backup
from pos_app.tracking.settings import DEFAULT_PORT, SiteSettings, default_limits, read_origin
from pos_app.wire.pairing import CODE_LIFE_MS

_ORIGIN_HELP = "public address, such as https://orders.example.com"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `orderbell site` and its sub-commands."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to listen on")
    parser.add_argument("--origin", help=_ORIGIN_HELP)
    # SUPPRESS: an option given before the sub-command must not be overwritten by a default.
    parser.add_argument(
        "--data", type=Path, default=argparse.SUPPRESS, help="folder of the site's own data"
    )
    parser.add_argument("--trusted-proxy", help="the one address whose X-Forwarded-For counts")
    acts = parser.add_subparsers(dest="site_act", metavar="shops|tills|backup|restore")
    backup = acts.add_parser("backup", help="copy the site's database while it serves")
    backup.add_argument("target", type=Path, help="a new file, or a folder for a dated one")
    backup.add_argument(
        "--keep", type=int, metavar="N", help="in a folder: remove all dated ones but the newest N"
    )
    restore = acts.add_parser("restore", help="put a copy back; tills then tell it all again")
    restore.add_argument("copy", type=Path, help="what `site backup` has written")
    for sub in (backup, restore):
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS)
    shops = acts.add_parser("shops", help="list the shops of this site, or add one")
    shop_acts = shops.add_subparsers(dest="shops_act", metavar="add")
    add = shop_acts.add_parser("add", help="print a pairing code for a shop (ten minutes)")
    add.add_argument("name", help="the shop's name")
    for sub in (shops, add):
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS)
        sub.add_argument("--origin", default=argparse.SUPPRESS, help=_ORIGIN_HELP)
    tills_command.add(acts)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit code. Raises OrderbellError."""
    folder = make_private_folder(
        _given_folder(arguments)
        or service.state_folder()
        or default_data_folder().with_name("site")
    )
    if arguments.site_act == "backup":
        return _back_up(site_file(folder), arguments.target, arguments.keep)
    if arguments.site_act == "restore":
        return _restore(arguments.copy, site_file(folder))
    if arguments.site_act == "tills":
        return tills_command.run(arguments, site_file(folder))
    if arguments.site_act != "shops":
        return _serve(arguments, folder)
    if arguments.shops_act == "add":
        return _add(arguments.name, _origin(arguments, folder), folder)
    return _list(folder)


def _given_folder(arguments: argparse.Namespace) -> Path | None:
    given: Path | None = getattr(arguments, "data", None)
    return given


def _back_up(database: Path, target: Path, keep: int | None) -> int:
    if keep is not None and (keep < 1 or not target.is_dir()):
        raise BadInput(
            "--keep", "This is how many copies stay in a folder: one or more, and a folder."
        )
    file = dated_copies.dated(target, SystemClock().now()) if target.is_dir() else target
    size = backup.copy(database, file)
    print(f"{file}: {size // 1_000} kB, checked")
    for old in dated_copies.drop_all_but(keep, target) if keep is not None else []:
        print(f"{old}: removed")
    return 0


def _restore(copy: Path, database: Path) -> int:
    # Asked first: with another key the site would not start, and its tills would have to pair.
    expect_key(backup.sealed_keys(copy), database, service.given_key())
    restored = backup.restore(copy, database, SystemClock().now())
    print(f"Restored; epoch {restored.epoch}. Every till tells its pages again.")
    if not restored.knows_revoked:
        print("Tills that were cut off after the copy was made are let in again: see `site tills`.")
    return 0


def _serve(arguments: argparse.Namespace, folder: Path) -> int:
    from pos_app.tracking.server import serve

    origin = _origin(arguments, folder)
    serve(
        SiteSettings(
            origin=origin,
            database=site_file(folder),
            host=arguments.host,
            port=arguments.port,
            mode="hosted",
            trusted_proxy=arguments.trusted_proxy,
            limits=default_limits("hosted"),
            key=service.given_key(),
        )
    )
    return 0


def _add(name: str, origin: str, folder: Path) -> int:
    clean = " ".join(name.split())
    if not 1 <= len(clean) <= 80:
        raise BadInput("name", "A shop's name has 1 to 80 characters.")
    now = SystemClock().now()
    host, who = origin.partition("://")[2], tills_command.caller()
    print(add_shop(site_file(folder), clean, host, who=who))
    until = iso(type(now)(now + CODE_LIFE_MS))
    print(f"Paste this code into the till of {clean} before {until}; it works once.")
    return 0


def _list(folder: Path) -> int:
    for shop, terminals in list_shops(site_file(folder)):
        heard = iso(shop.heard_at) if shop.heard_at is not None else "never"
        print(f"{shop.name}\tlast heard {heard}")
        for terminal in terminals:
            state = "\trevoked" if terminal.revoked else ""
            print(f"  {terminal.name}\tcheck word {terminal.check_word or '-'}{state}")
    return 0


def _origin(arguments: argparse.Namespace, folder: Path) -> str:
    """The origin given now, else the one this site was served with before."""
    kept = folder / "origin"
    if arguments.origin:
        origin = read_origin(arguments.origin)
        kept.write_text(origin + "\n", encoding="ascii")
        return origin
    if kept.exists():
        return read_origin(kept.read_text(encoding="ascii"))
    raise BadInput(
        "--origin", "The site needs its public address.", hint=f"--origin: {_ORIGIN_HELP}."
    )
