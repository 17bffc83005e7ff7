"""The .deb for Debian and Ubuntu, made of a finished bundle by `dpkg-deb`.

The program lies in /usr/lib/orderbell and knows no folder but its own and the user's: there is
nothing to run at installation, and removing the package takes nothing of a shop's data along.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterable
from email.utils import format_datetime
from pathlib import Path

import build_facts
from bundle_contents import NAME, SYSTEM_LIBRARIES
from bundle_libraries import elf_files, newest_glibc, wanted_by
from bundle_size import refuse_large
from icon_files import SIZES_PX
from steps import BUILD, ROOT, call, say, version

PROGRAM = Path("usr/lib") / NAME
_LINUX = ROOT / "packaging" / "linux"
_TREE = BUILD / "bundle" / "deb"
_MAINTAINER = "Orderbell contributors <packages@orderbell.example>"
_CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: pipewire-bin | pulseaudio-utils | alsa-utils
Section: misc
Priority: optional
Description: orders, kitchen board and live order tracking
 For restaurants and delivery counters. The cashier enters an order, the
 kitchen moves its ticket across a board with one tap, and the guest follows
 it on a page opened from the code on the slip, or is told by a text.
 .
 It works with the network unplugged and catches up afterwards. The data of a
 shop lies in its user's home folder and stays when the package is removed.
"""


def make(bundle: Path, target: Path) -> Path:
    """Write the package of `bundle` into the folder `target`. Raises Stopped."""
    shutil.rmtree(_TREE, ignore_errors=True)
    shutil.copytree(bundle, _TREE / PROGRAM, symlinks=True)
    lay_out(_TREE, BUILD / "bundle" / "icons")
    set_modes(_TREE)
    architecture = call("asking dpkg", ["dpkg", "--print-architecture"]).strip()
    _write_control(_TREE, architecture, depends(elf_files(_TREE / PROGRAM)))
    package = target / f"{NAME}_{version()}_{architecture}.deb"
    say(f"bundle: {package.relative_to(ROOT)}")
    call("packing", ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", _TREE, package])
    refuse_large(package, package.stat().st_size)
    return package


def lay_out(tree: Path, icons: Path) -> None:
    """What the desktop looks for, each in its place below `tree`."""
    link = tree / "usr/bin" / NAME
    link.parent.mkdir(parents=True)
    link.symlink_to(Path("..") / PROGRAM.relative_to("usr") / NAME)
    share = tree / "usr/share"
    for size in SIZES_PX:
        _copy(icons / f"{size}.png", share / f"icons/hicolor/{size}x{size}/apps/{NAME}.png")
    drawing = ROOT / "resources/web/assets/icon.svg"
    _copy(drawing, share / f"icons/hicolor/scalable/apps/{NAME}.svg")
    _copy(_LINUX / f"{NAME}.desktop", share / f"applications/{NAME}.desktop")
    _copy(_LINUX / f"{NAME}.metainfo.xml", share / f"metainfo/{NAME}.metainfo.xml")
    _copy(_LINUX / "copyright", share / f"doc/{NAME}/copyright")
    _copy(_LINUX / "lintian-overrides", share / f"lintian/overrides/{NAME}")
    documents = share / f"doc/{NAME}"
    for name, words in (
        ("NEWS.gz", (ROOT / "CHANGELOG.md").read_bytes()),
        ("changelog.gz", _changelog().encode()),
    ):
        (documents / name).write_bytes(gzip.compress(words, 9, mtime=0))


def _changelog() -> str:
    """In the form that Debian's tools read; what is new is told in NEWS."""
    day = format_datetime(build_facts.built_at())
    return (
        f"{NAME} ({version()}) unstable; urgency=medium\n\n  * What is new stands in NEWS.gz.\n\n"
        f" -- {_MAINTAINER}  {day}\n"
    )


def set_modes(tree: Path) -> None:
    """Folders 755, files 644, the program 755: whatever the umask of the one who builds."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            may_run = path.is_dir() or path == tree / PROGRAM / NAME
            path.chmod(0o755 if may_run else 0o644)


def depends(files: Iterable[Path]) -> str:
    """The packages with the libraries that these programs and libraries ask the system for."""
    found = list(files)
    packages = {SYSTEM_LIBRARIES[name] for name in wanted_by(found) & SYSTEM_LIBRARIES.keys()}
    packages -= {"libc6"}
    return ", ".join([f"libc6 (>= {newest_glibc(found)})", *sorted(packages)])


def _write_control(tree: Path, architecture: str, packages: str) -> None:
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        _CONTROL.format(
            name=NAME,
            maintainer=_MAINTAINER,
            version=version(),
            architecture=architecture,
            kilobytes=sum(-(-path.stat().st_size // 1024) for path in files),
            depends=packages,
        ),
        encoding="utf-8",
    )
    sums = (f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files)
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for path in (control, *control.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _md5(path: Path) -> str:
    # dpkg's own format; it finds files that a disk has damaged, and is no proof of anything else.
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()  # noqa: TID251


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
