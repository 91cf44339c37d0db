"""nginx and Caddy with the configuration of `deploy/`, on free ports."""

import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.deploy.dockerfile import ROOT
from tests.packages import need

HOST, PREFIX = "facts.example.org", "/readout"
PUBLIC_URL = f"https://{HOST}{PREFIX}"


@dataclass(frozen=True)
class Certificate:
    """A certificate for HOST that only these tests trust, and its key."""

    file: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = [
        str(need("openssl")),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(made.key)]
    subprocess.run([*command, *names, "-out", str(made.file)], check=True, capture_output=True)
    return made


@dataclass(frozen=True)
class Proxy:
    """A running proxy, with its ports."""

    name: str
    http: int
    https: int
    log: Path
    certificate: Certificate

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate.file)

    def connect(self, *protocols: str, address: str = "127.0.0.1") -> ssl.SSLSocket:
        """A TLS connection to this proxy that offers protocols by ALPN."""
        context = self.context()
        context.set_alpn_protocols(protocols)
        return context.wrap_socket(socket.create_connection((address, self.https), timeout=30), server_hostname=HOST)

    def client(self, local_address: str = "127.0.0.1") -> httpx.Client:
        """A client that resolves HOST to this proxy."""
        return httpx.Client(transport=_Transport(self, local_address), timeout=30)


class _Transport(httpx.HTTPTransport):
    def __init__(self, proxy: Proxy, local_address: str) -> None:
        super().__init__(verify=proxy.context(), local_address=local_address)
        self._proxy = proxy

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == HOST, request.url
        port = self._proxy.https if request.url.scheme == "https" else self._proxy.http
        sent = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1", port=port),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": HOST},
        )
        return super().handle_request(sent)


@contextmanager
def proxying(
    name: str, folder: Path, certificate: Certificate, upstream: str, prefix: str = PREFIX, spare: str = ""
) -> Iterator[Proxy]:
    """Run a proxy in front of a server and its spare, each `host:port`; by default no spare runs."""
    proxy = Proxy(name, free_port(), free_port(), folder / "log", certificate)
    values = {
        "PUBLIC_HOST": HOST,
        "PUBLIC_PREFIX": prefix,
        "HTTP_PORT": str(proxy.http),
        "HTTPS_PORT": str(proxy.https),
        "UPSTREAM": upstream,
        "SPARE": spare or f"127.0.0.1:{free_port()}",
    }
    command, own = (_nginx if name == "nginx" else _caddy)(folder, certificate, values)
    with proxy.log.open("w") as log:
        process = subprocess.Popen(command, env=os.environ | values | own, stdout=log, stderr=log)
    try:
        _wait_for(proxy, process)
        yield proxy
    finally:
        process.terminate()
        process.wait()


def _nginx(folder: Path, certificate: Certificate, values: dict[str, str]) -> tuple[list[str | Path], dict[str, str]]:
    """The command and its further environment; variables in the file are substituted as in nginx's image."""
    own = {
        "CERTIFICATE": str(certificate.file),
        "CERTIFICATE_KEY": str(certificate.key),
        "ACME": str(folder / "acme"),
        "CACHE": str(folder / "cache"),
        "ACCESS_LOG": "/dev/stdout",
    }
    (folder / "readout.conf").write_text(substituted((ROOT / "deploy" / "nginx.conf").read_text(), values | own))
    user = "user root;" if os.geteuid() == 0 else ""  # another user may not enter the tests' folders
    main = (ROOT / "deploy" / "nginx-main.conf").read_text()
    main = main.replace("/tmp/", f"{folder}/").replace("/etc/nginx/conf.d/*.conf", f"{folder}/readout.conf")
    (folder / "nginx.conf").write_text(main)
    return [need("nginx"), "-e", "/dev/stderr", "-c", folder / "nginx.conf", "-g", f"daemon off; {user}"], {}


def _caddy(folder: Path, certificate: Certificate, values: dict[str, str]) -> tuple[list[str | Path], dict[str, str]]:
    own = {
        "CADDY_ADMIN": "off",
        "TLS": f"{certificate.file} {certificate.key}",
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    return [need("caddy"), "run", "--adapter", "caddyfile", "--config", ROOT / "deploy" / "Caddyfile"], own


def substituted(template: str, values: dict[str, str]) -> str:
    """A template after `envsubst`, which leaves variables that are not in the environment."""
    return re.sub(r"\$\{(\w+)\}", lambda name: values.get(name[1], name[0]), template)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    for port in (proxy.http, proxy.https):
        while True:
            assert process.poll() is None, proxy.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.01)
