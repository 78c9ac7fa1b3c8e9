"""Encrypt, decrypt and blind-index texts and pictures with the keys of the settings."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class CannotOpen(ValueError):
    """A sealed value was altered, moved to another column, or its key is missing."""


def seal(text: str, *, column: str) -> bytes:
    """Encrypt ``text`` for one column: key number, nonce, ciphertext.

    ``column`` ("children.child.national_id") is authenticated, so a value copied into another
    column does not open.
    """
    return seal_bytes(text.encode(), column=column)


def seal_bytes(data: bytes, *, column: str) -> bytes:
    """The same for bytes: a picture."""
    number = max(settings.FIELD_KEYS)
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.FIELD_KEYS[number]).encrypt(nonce, data, column.encode())
    return bytes([number]) + nonce + sealed


def unseal(sealed: bytes, *, column: str) -> str:
    """Decrypt what ``seal`` made for the same column. Raises ``CannotOpen``."""
    return unseal_bytes(sealed, column=column).decode()


def unseal_bytes(sealed: bytes, *, column: str) -> bytes:
    """Decrypt what ``seal_bytes`` made for the same column. Raises ``CannotOpen``."""
    key = settings.FIELD_KEYS.get(sealed[0]) if sealed else None
    if key is None:
        raise CannotOpen(f"{column}: no key number {sealed[:1].hex() or 'at all'}")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _cipher(key).decrypt(nonce, body, column.encode())
    except InvalidTag as problem:
        raise CannotOpen(f"{column}: altered, or sealed for another column") from problem


def blind_index(text: str, *, kind: str) -> str:
    """A keyed 128-bit fingerprint for equality search; empty text has an empty index.

    ``kind`` ("national_id", "phone") keeps equal texts of different kinds apart.
    """
    if not text:
        return ""
    message = f"{kind}\0{text}".encode()
    return hmac.new(settings.INDEX_KEY, message, hashlib.sha256).hexdigest()[:32]


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
