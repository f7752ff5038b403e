"""Trying one address: politely, and without ever reaching a machine that is not on the public Internet.

An editor, or an import, writes these addresses: they must not make the server talk to itself or to its neighbours.
Every host is resolved here, every one of its addresses must be public, and the connection goes to the very address
that was checked; each redirection is checked again in the same way.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from threading import Timer
from urllib.parse import urljoin, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 10
MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
LONGEST_SECONDS = 30  # of one answer: each piece of it may come in time, and the last one never
# The public addresses of IPv6. Outside it stand, among others, those that gateways turn into private IPv4 ones.
UNICAST = ip_network("2000::/3")
SHY = {401, 403, 405, 406, 429, 451, 999}  # somebody answers, and would rather not answer a robot
RETRY_WITH_GET = {400, 403, 404, 405, 406, 500, 501, 503}
REDIRECTIONS = {301, 302, 303, 307, 308}


class Unreachable(Exception):
    """The address gave no answer; the message is for editors."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try. `status` None: no answer at all."""

    status: int | None
    message: str

    @property
    def is_alive(self) -> bool:
        return self.status is not None and self.status < 400

    @property
    def is_shy(self) -> bool:
        return self.status in SHY


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet: not this machine, its network, or anything reserved."""
    ip = ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 6 and (ip not in UNICAST or ip.sixtofour):
        return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Tries addresses. Tests alone widen `allows` and `ports`, to reach a server of their own."""

    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    timeout: float = TIMEOUT_SECONDS
    longest: float = LONGEST_SECONDS

    def try_address(self, url: str) -> Answer:
        """HEAD, then GET where HEAD is refused; never more than the head of the answer is read."""
        try:
            answer = self._follow("HEAD", url)
            return self._follow("GET", url) if answer.status in RETRY_WITH_GET else answer
        except Unreachable as reason:
            return Answer(None, str(reason))

    def _follow(self, method: str, url: str) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            status, location = self._ask(method, url)
            if status not in REDIRECTIONS or not location:
                return Answer(status, f"Réponse {status}")
            try:
                url = urljoin(url, location)
            except ValueError as error:
                raise Unreachable("Redirection illisible") from error
        raise Unreachable("Trop de redirections")

    def _ask(self, method: str, url: str) -> tuple[int, str]:
        scheme, host, port, target = self._parts(url)
        connection = _connection(scheme, host, port, self._public_address(host, port), self.timeout)
        timer = Timer(self.longest, _cut, [connection])
        timer.start()
        try:
            connection.request(method, target, headers={"User-Agent": user_agent(), "Accept": "*/*"})
            response = connection.getresponse()
            return response.status, response.getheader("Location", "")
        except TimeoutError as error:
            raise Unreachable("Pas de réponse à temps") from error
        except ssl.SSLError as error:
            raise Unreachable("Certificat refusé") from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unreachable("Connexion impossible") from error
        finally:
            timer.cancel()
            connection.close()

    def _parts(self, url: str) -> tuple[str, str, int, str]:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode()
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise Unreachable("Adresse illisible") from error
        if parts.scheme not in PORTS or not host:
            raise Unreachable("Ce n'est pas une adresse http ou https")
        if port not in self.ports or parts.username or parts.password:
            raise Unreachable("Adresse refusée\u00a0: port ou identifiants inhabituels")
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return parts.scheme, host, port, _quoted(target)

    def _public_address(self, host: str, port: int) -> str:
        """The address to connect to, once all those of the host are found to be public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable("Nom de site inconnu") from error
        addresses = [str(one[4][0]).partition("%")[0] for one in found]
        if not addresses or not all(map(self.allows, addresses)):
            raise Unreachable("Adresse refusée\u00a0: ce site n'est pas sur l'Internet public")
        return addresses[0]


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a connection from another thread: whoever reads it finds it closed."""
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def user_agent() -> str:
    """Who asks, and where to complain."""
    name = settings.SITE_NAME.encode("ascii", "ignore").decode()
    return f"{name} (liens; {settings.SITE_URL})"


def _quoted(target: str) -> str:
    """A target that http.client takes: no space, no control character, nothing but ASCII."""
    return "".join(
        char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in target
    )


def _connection(scheme: str, host: str, port: int, address: str, timeout: float) -> http.client.HTTPConnection:
    """A connection to `address`, that asks for `host`: the name is not resolved a second time."""
    if scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection._create_connection = lambda _, *args, **kwargs: socket.create_connection(
        (address, port), *args, **kwargs
    )
    return connection
