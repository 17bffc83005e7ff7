"""Certificates for servers of tests: a sound one, and ones that must be refused."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)
_NOT_FOR = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Authority:
    """Who signs; `pem` is what a client trusts."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def context(self, folder: Path, *names: str, days: int = 2) -> ssl.SSLContext:
        """A server's side for `names` (hosts or addresses); negative `days`: it has run out."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server_file(folder, *names, days=days))
        return context

    def server_file(self, folder: Path, *names: str, days: int = 2) -> Path:
        """Certificate and key of such a server in one file."""
        key = ec.generate_private_key(ec.SECP256R1())
        ends = _now() + days * _DAY
        certificate = (
            x509.CertificateBuilder()
            .subject_name(_name("server"))
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(ends - 4 * _DAY)
            .not_valid_after(ends)
            .add_extension(x509.SubjectAlternativeName([_alternative(n) for n in names]), False)
            .sign(self.key, hashes.SHA256())
        )
        file = folder / f"server-{certificate.serial_number}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return file


@cache
def authority() -> Authority:
    """One for all tests of a process."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name("authority"))
        .issuer_name(_name("authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_now() - _DAY)
        .not_valid_after(_now() + 30 * _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(_only_signs(), True)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def _only_signs() -> x509.KeyUsage:
    no = dict.fromkeys(_NOT_FOR, False)
    return x509.KeyUsage(**no, key_cert_sign=True, crl_sign=True)


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Orderbell test {text}")])


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
