"""What a bundle does before its first module, so that it and its children meet the system as it is.

PyInstaller runs this at every start; only what is built in is imported.
"""

import os
import sys

_OWN_FILE = "/proc/self/exe"
"""The file that this process runs, whatever has been put in its place since. Linux only."""

_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
)


def _give_libraries_back(environment: "os._Environ[str]") -> None:
    """The path of our libraries is for us: the system's own programs would break by it.

    A child of ours then has to find them anew, like a program that somebody starts.
    """
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    else:
        environment.pop("LD_LIBRARY_PATH", None)


def _find_certificates(environment: "os._Environ[str]") -> None:
    """The shipped OpenSSL looks where the computer that built it keeps them."""
    if "SSL_CERT_FILE" in environment or "SSL_CERT_DIR" in environment:
        return
    found = next((file for file in _CERTIFICATES if os.path.exists(file)), None)  # noqa: PTH110
    if found is not None:
        environment["SSL_CERT_FILE"] = found


def _use_x11(environment: "os._Environ[str]") -> None:
    """Qt's part for Wayland stays out: a desktop that asks for it has an X server, too, or none."""
    if environment.get("QT_QPA_PLATFORM", "").startswith("wayland"):
        del environment["QT_QPA_PLATFORM"]
    environment.pop("WAYLAND_DISPLAY", None)


def _keep_own_modules() -> None:
    """A module that is imported an hour after an update still comes from this very build.

    The program carries its modules behind its end, and each is read when it is imported, by the
    file's name: out of the new program, at the old one's places.
    """
    archive = getattr(sys.modules.get("pyimod02_importers"), "pyz_archive", None)
    if archive is not None and os.path.exists(_OWN_FILE):  # noqa: PTH110
        archive._filename = _OWN_FILE


if sys.platform.startswith("linux"):
    _keep_own_modules()
if os.name == "posix":
    _give_libraries_back(os.environ)
    _find_certificates(os.environ)
    _use_x11(os.environ)
