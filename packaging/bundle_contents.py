"""What goes into the bundle, and what stays out of it although it would come along.

PyInstaller takes whatever something could load. Here stands what Orderbell does load: the plugins
of Qt by name, the languages that it speaks, and the libraries that every desktop has anyway.
Names are those inside the bundle, with `/`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from steps import BUILD, ROOT

NAME = "orderbell"
FACTS = BUILD / "bundle" / "build.json"
ICONS = {
    "win32": BUILD / "bundle" / "icons" / "orderbell.ico",
    "darwin": BUILD / "bundle" / "icons" / "orderbell.icns",
}
MAC_IDENTIFIER = "app.orderbell.desktop"
MAC_INFO = {
    "CFBundleDisplayName": "Orderbell",
    "LSMinimumSystemVersion": "12.0",
    "LSApplicationCategoryType": "public.app-category.business",
    "NSHighResolutionCapable": True,
    "NSSupportsAutomaticGraphicsSwitching": True,
    # Printers and the shop's own page are on the local network.
    "NSLocalNetworkUsageDescription": "Orderbell prints on and serves the shop's own network.",
}
MIGRATIONS = Path("pos_app") / "store" / "migrations"

# Kind of Qt's plugins → those that are needed, on whatever system.
PLUGINS = {
    "platforms": {"qxcb", "qoffscreen", "qwindows", "qcocoa"},  # offscreen: slips without a window
    "platforminputcontexts": {"composeplatforminputcontext", "ibusplatforminputcontext"},
    "platformthemes": {"qxdgdesktopportal"},
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},  # PNG is built in
}

# What PyInstaller would do at each start: for processes forked by Python, and for sources beside
# a bundle. There are neither.
_START_UP_OF_NO_USE = {"pyi_rth_inspect", "pyi_rth_multiprocessing"}

# Packages that read files of their own, and that PyInstaller knows nothing about.
PACKAGES_WITH_FILES = ("escpos", "tzdata")

# Modules that are imported by parts of libraries which nobody calls here.
LEFT_OUT_MODULES = (
    # readline and gdbm are under the GPL.
    *("_curses", "_curses_panel", "_dbm", "_gdbm", "curses", "dbm", "readline"),
    *("_tkinter", "idlelib", "tkinter", "turtle"),
    *("doctest", "lib2to3", "pydoc", "pydoc_data", "test"),
    *("pip", "pkg_resources", "setuptools", "wheel"),
    # Made-up values for examples in the site's API description, and its own command line.
    *("faker", "polyfactory", "litestar.cli", "litestar.testing", "litestar.contrib"),
    *("httpcore", "httpx", "markdown_it", "mdurl", "pygments", "rich", "rich_click"),
    # The store speaks SQL itself, to SQLite.
    *("MySQLdb", "mx", "psycopg", "psycopg2", "pysqlite2"),
    *("sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle"),
    *("sqlalchemy.orm", "sqlalchemy.testing", "alembic.testing"),
    *(f"sqlalchemy.ext.{name}" for name in ("asyncio", "automap", "baked", "declarative")),
    # Slips are rows of dots that Qt has painted: no picture is ever read.
    *("PIL._avif", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk", "PIL._webp"),
    *("PIL.ImageQt", "PySide6.QtDBus", "yaml._yaml"),
    *("_bz2", "_lzma", "_pydecimal", "bz2", "lzma", "ftplib", "xmlrpc"),
    "anyio._backends._trio",
    # Letters are Unicode everywhere.
    *(f"_codecs_{name}" for name in ("cn", "hk", "iso2022", "jp", "kr", "tw")),
    "_multibytecodec",
    *("numpy", "IPython", "matplotlib"),
)
_MODULES_OF_NO_USE = re.compile(
    r"PIL\.\w+(?<!Png)ImagePlugin|phonenumbers\.shortdata\.region_\w+|"
    r"uvicorn\.(workers|protocols\.websockets\.\w+_impl|protocols\.http\.(httptools|zttp)\w*)"
)

# Libraries that come with the desktop, or must fit its drivers → the Debian packages that have
# them, the older name behind the newer one where it changed.
SYSTEM_LIBRARIES = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "libutil.so.1": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
}

_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_PLUGIN = re.compile(r"(?:^|/)plugins/(?P<kind>[^/]+)/(?:lib)?(?P<name>[^/.]+)\.")
_PACKAGE_NOTES = re.compile(r"\.dist-info/(INSTALLER|RECORD|REQUESTED|WHEEL)$|\.pyi$")
_LOCALE = re.compile(r"(?:^|/)babel/locale-data/(?P<name>[^/]+)\.dat$")


def programs(platform: str) -> list[tuple[str, bool]]:
    """The programs of a bundle: (name, whether it has a console)."""
    if platform == "win32":
        return [("Orderbell", False), ("orderbell-cli", True)]
    return [(NAME, False)]


def is_left_out(name: str) -> bool:
    """Whether the file `name` of a bundle is not needed in it."""
    file = name.rpartition("/")[2]
    if file in SYSTEM_LIBRARIES:
        return True
    if plugin := _PLUGIN.search(name):
        return plugin["name"] not in PLUGINS.get(plugin["kind"], set())
    if locale := _LOCALE.search(name):
        return locale["name"] not in languages()
    return _is_of_no_use(name)


def _is_of_no_use(name: str) -> bool:
    if "/translations/" in name and "PySide6" in name:
        return True  # all our words are in our own catalogues
    return _PACKAGE_NOTES.search(name) is not None


def is_left_out_at_start(name: str, platform: str) -> bool:
    """Whether PyInstaller's own start-up `name` is not needed.

    One imports Qt to tell it where it lies. Qt for Python knows that on Linux, and whatever is
    imported after it costs more (see pos_app/launch.py): a quarter of a start.
    """
    is_qt_s = name == "pyi_rth_pyside6" and platform.startswith("linux")
    return is_qt_s or name in _START_UP_OF_NO_USE


def is_left_out_module(name: str) -> bool:
    """Whether the module `name`, which something could import, is not needed."""
    return _MODULES_OF_NO_USE.fullmatch(name) is not None


def languages() -> set[str]:
    """The languages of Orderbell and what they build on, as Babel names its files."""
    ours = {folder.name for folder in (ROOT / "resources" / "locale").iterdir() if folder.is_dir()}
    return {"root", "en"} | ours


def files() -> Iterator[tuple[str, str]]:
    """(file of the project, folder in the bundle): what is read at run time and is no module."""
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_file() and path.suffix not in {".po", ".part"}:
            yield str(path), path.parent.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / MIGRATIONS).rglob("*.py")):
        yield str(path), path.parent.relative_to(ROOT).as_posix()
    yield str(FACTS), "resources"
    yield str(ROOT / "LICENSE"), "."


def hidden_modules() -> list[str]:
    """What nobody is seen to import: packages that are only read from, and what migrations use."""
    found = set(PACKAGES_WITH_FILES)
    for path in (ROOT / MIGRATIONS).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                found |= {name for name in names if _is_ours(name)}
    return sorted(found)


def _is_ours(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def code_of(file: Path) -> CodeType:
    """The module in `file`, compiled without its docstrings: a seventh of all code.

    Not by Python's own switch, which would leave out every `assert` as well.
    """
    tree = ast.parse(file.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
    return compile(tree, file.name, "exec", dont_inherit=True)
