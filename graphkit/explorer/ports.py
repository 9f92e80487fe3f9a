"""Where an explorer is found: a port that stays the same for a vault, so that bookmarks hold."""

from __future__ import annotations

import errno
import socket
from typing import Final
from zlib import crc32

from graphkit.errors import StoreError

HOST: Final = "127.0.0.1"
_FIRST: Final = 20_000
_PORTS: Final = 12_000
"""None from 32768 on: systems hand those out to any program that calls another."""
_TRIES: Final = 100
_LARGEST: Final = 65_535


def port_of(name: str) -> int:
    """The port of a vault's explorer.

    Args:
        name: the vault's resolved folder, or a server's address.

    Returns:
        One from 20000 to 31999, always the same for a name.
    """
    return _FIRST + crc32(name.encode("utf-8", "surrogateescape")) % _PORTS


def listening(port: int) -> socket.socket:
    """A socket that listens on this machine only: at a port, or the next one that is free.

    Args:
        port: where to begin.

    Raises:
        StoreError: none of the next 100 is free, or the port may not be used.
    """
    for tried in range(port, min(port + _TRIES, _LARGEST + 1)):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind((HOST, tried))
            opened.listen()
        except OSError as error:
            opened.close()
            if error.errno != errno.EADDRINUSE:
                raise StoreError(
                    f"Port {tried} cannot be used: {error.strerror}.", "Name another: --port N."
                ) from error
        else:
            return opened
    raise StoreError(f"Port {port} and those after it are in use.", "Name another: --port N.")
