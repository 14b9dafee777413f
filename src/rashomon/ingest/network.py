"""Connections to other machines: only where they may go, and never for longer than the whole request may take."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

Addresses = Callable[[str, int], list[str]]
Allowed = Callable[[str], bool]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(Exception):
    """The name leads to an address that may not be asked."""


class OutOfTime(Exception):
    """The request as a whole took too long, however busily the bytes dripped."""


class UnknownHost(Exception):
    """No machine of that name is known."""


def public(address: str) -> bool:
    """Is this IP address one of the open internet? Addresses that carry another inside are judged by that one too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
    return ip.is_global and not ip.is_multicast


def anywhere(address: str) -> bool:
    """Every address will do."""
    return True


def looked_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host as the system resolves them. OSError where it has none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class Network(httpx.BaseTransport):
    """Carries httpx's requests over connections that are looked up, judged and only then opened, to the very address that
    was judged; so a name that changes between the look and the call gains nothing. Proxies of the environment are not used.
    """

    def __init__(self, allowed: Allowed, *, addresses: Addresses = looked_up) -> None:
        self._backend = _Backend(allowed, addresses)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), max_connections=None, max_keepalive_connections=20,
            keepalive_expiry=15.0, network_backend=self._backend,
        )

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What this thread asks in here is over after that many seconds."""
        self._backend.clock.end = time.monotonic() + seconds
        try:
            yield
        finally:
            self._backend.clock.end = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions, request=request
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Clock(threading.local):
    end: float | None = None

    def left(self, timeout: float | None) -> float | None:
        """`timeout`, or what is left of the whole time if that is less."""
        if self.end is None:
            return timeout
        left = self.end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, allowed: Allowed, addresses: Addresses) -> None:
        self.clock = _Clock()
        self._allowed = allowed
        self._addresses = addresses
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = self._addresses(host, port)
        except (OSError, UnicodeError) as error:
            raise UnknownHost(str(error)) from error
        refused = next((address for address in found if not self._allowed(address)), None)
        if refused is not None:
            raise PrivateAddress(refused)
        problem: Exception = UnknownHost("no address")
        for address in found:
            try:
                opened = self._inner.connect_tcp(address, port, self.clock.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            return _Stream(opened, self.clock)
        raise problem


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._inner.read(max_bytes, self._clock.left(timeout))
        except httpcore.ReadTimeout:
            self._clock.left(None)  # says so where it was the whole time that ran out
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._clock.left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
