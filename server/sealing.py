"""Sealed bytes: nobody who has the databases without the keys folder reads or forges one.

AES-256-GCM. Each key in the folder is 32 random bytes in a file named `<number>.key`; the highest number seals, all of
them open. A purpose has its own subkey, so that what was sealed for one place never opens in another.
Shape of a sealed value: 1 byte key number, 12 bytes nonce, ciphertext, 16 bytes tag.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import importlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server import stores
from server.errors import SetupError
from server.settings import Settings

OVERHEAD = 1 + 12 + 16
WITNESS = "keys-witness"


class Unsealable(Exception):
    """Not ours, changed on the way, bound to something else, or its key is gone."""


@dataclass
class KeyRing:
    """The keys of one installation, read from `folder`."""

    folder: Path
    keys: dict[int, bytes]
    ciphers: dict[tuple[int, str], AESGCM] = field(default_factory=dict[tuple[int, str], AESGCM])
    looked: float = 0.0
    changed: int = 0

    def look_again(self) -> None:
        """Another process may have turned the keys: take the folder as it is now, the dropped ones out too."""
        self.looked = time.monotonic()
        with contextlib.suppress(OSError):
            changed = self.folder.stat().st_mtime_ns
            if changed != self.changed and (keys := _read(self.folder)):
                self.keys, self.ciphers, self.changed = keys, {}, changed

    @property
    def current(self) -> int:
        return max(self.keys)

    def subkey(self, number: int, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=b"alder:" + purpose.encode()).derive(self.keys[number])

    def cipher(self, number: int, purpose: str) -> AESGCM:
        found = self.ciphers.get((number, purpose))
        if found is None:
            found = self.ciphers[number, purpose] = AESGCM(self.subkey(number, purpose))
        return found


_ring: KeyRing | None = None


def load(settings: Settings) -> KeyRing:
    """Read the keys, making the first one on an installation's first day. Raises SetupError.

    A sealed word in the data folder tells whether these are the keys that belong to it.
    """
    global _ring
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys, witness = _read(settings.keys), settings.data / WITNESS
    if not keys and (witness.exists() or _is_in_use(settings)):
        raise SetupError(f"The keys are missing. Put them back into {settings.keys}: without them nothing opens.")
    _ring = KeyRing(settings.keys, keys or {1: _make(settings.keys, 1)})
    if not witness.exists():
        witness.write_bytes(seal("witness", b"these keys"))
    try:
        open_("witness", witness.read_bytes())
    except Unsealable as fault:
        raise SetupError(f"The keys in {settings.keys} belong to other data. Put the right ones back.") from fault
    return _ring


def _is_in_use(settings: Settings) -> bool:
    """Databases that were put back without their keys are no first day."""
    return not settings.database_url and any(
        Path(stores.sqlite_path(settings, name)).exists() for name in stores.STORES
    )


def _read(folder: Path) -> dict[int, bytes]:
    keys = {int(file.stem): file.read_bytes() for file in folder.glob("*.key") if file.stem.isdigit()}
    if any(len(key) != 32 or not 0 < number < 256 for number, key in keys.items()):
        raise SetupError(f"A key in {folder} is damaged. Put back the copy you keep elsewhere.")
    return keys


def _make(folder: Path, number: int) -> bytes:
    key = os.urandom(32)
    handle = os.open(folder / f"{number}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


LOOK_EVERY = 1.0  # seconds


def ring() -> KeyRing:
    if _ring is None:
        raise RuntimeError("no keys are loaded: use sealing.load(settings)")
    if time.monotonic() - _ring.looked > LOOK_EVERY:
        _ring.look_again()
    return _ring


def seal(purpose: str, plain: bytes, bind: bytes = b"") -> bytes:
    """`bind` is not stored: the same bytes have to be shown again to open."""
    number = ring().current
    nonce = os.urandom(12)
    return bytes([number]) + nonce + ring().cipher(number, purpose).encrypt(nonce, plain, bind)


def open_(purpose: str, sealed: bytes, bind: bytes = b"") -> bytes:
    """Raises Unsealable, never anything else, whatever the bytes are."""
    if len(sealed) < OVERHEAD:
        raise Unsealable
    number, held = sealed[0], ring()
    if number not in held.keys:
        held.look_again()
    if number not in held.keys:
        raise Unsealable
    try:
        return held.cipher(number, purpose).decrypt(sealed[1:13], sealed[13:], bind)
    except InvalidTag as fault:
        raise Unsealable from fault


def keyed_hash(purpose: str, value: bytes) -> bytes:
    """32 bytes; the same for the same value for as long as the first key is kept."""
    return hmac.new(ring().subkey(min(ring().keys), purpose), value, hashlib.sha256).digest()


async def rotate(settings: Settings) -> int:
    """Make a new key, seal every sealed column with it, drop the keys before the last; returns the new number.

    The last key stays: door values and links that are in people's hands now were sealed with it.
    """
    before = load(settings).current
    number = before + 1
    if number > 255:
        raise SetupError("255 keys were used. Ask the makers how to begin again at 1.")
    ring().keys[number] = _make(settings.keys, number)
    for store, table, column, purpose in _sealed_columns():
        await _seal_again(store, table, column, purpose)
    (settings.data / WITNESS).write_bytes(seal("witness", b"these keys"))
    for old in [n for n in ring().keys if n < before]:
        (settings.keys / f"{old}.key").unlink()
        del ring().keys[old]
    return number


def _sealed_columns() -> Iterator[tuple[str, str, str, str]]:
    """(store, table, column, purpose) of everything that lies sealed."""
    for store in stores.STORES.values():
        sealed: tuple[tuple[str, str, str], ...] = getattr(importlib.import_module(store.models), "SEALED", ())
        for table, column, purpose in sealed:
            yield store.name, table, column, purpose


async def that_do_not_open() -> dict[str, int]:
    """How many values of each table no key opens any more: {"store.table": count}."""
    lost: dict[str, int] = {}
    for store, table, column, purpose in _sealed_columns():
        rows = await stores.rows(store, f'SELECT "{column}" AS sealed FROM "{table}" WHERE "{column}" IS NOT NULL')
        closed = sum(not _opens(purpose, bytes(row["sealed"])) for row in rows)
        if closed:
            lost[f"{store}.{table}"] = lost.get(f"{store}.{table}", 0) + closed
    return lost


def _opens(purpose: str, sealed: bytes) -> bool:
    try:
        open_(purpose, sealed)
    except Unsealable:
        return False
    return True


async def _seal_again(store: str, table: str, column: str, purpose: str) -> None:
    async def work(unit: stores.Unit) -> None:
        for row in await unit.rows(f'SELECT id, "{column}" AS sealed FROM "{table}" WHERE "{column}" IS NOT NULL'):
            again = seal(purpose, open_(purpose, bytes(row["sealed"])))
            await unit.run(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', again, row["id"])

    await stores.write(store, work)
