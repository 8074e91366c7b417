"""What is sealed opens for nobody without the keys, for nothing else than it was sealed for, and survives new keys."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import sealing
from server.errors import SetupError
from server.settings import Settings


@pytest.fixture
def keys(tmp_path: Path) -> Settings:
    made = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    sealing.load(made)
    return made


def test_what_was_sealed_opens_again_and_shows_nothing_of_itself(keys: Settings) -> None:
    sealed = sealing.seal("totp", b"a word she typed", b"edith")
    assert b"word" not in sealed and len(sealed) == len(b"a word she typed") + sealing.OVERHEAD
    assert sealing.open_("totp", sealed, b"edith") == b"a word she typed"
    assert sealing.seal("totp", b"a word she typed", b"edith") != sealed


@given(plain=st.binary(max_size=200), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_changed_bit_never_opens(
    tmp_path_factory: pytest.TempPathFactory, plain: bytes, place: int, bit: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "bits"
    sealing.load(Settings(data=folder / "data", keys=folder / "keys"))
    sealed = bytearray(sealing.seal("door", plain))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(sealing.Unsealable):
        sealing.open_("door", bytes(sealed))


@given(st.binary(max_size=120))
def test_any_bytes_are_refused_in_the_same_way(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "noise"
    sealing.load(Settings(data=folder / "data", keys=folder / "keys"))
    with pytest.raises(sealing.Unsealable):
        sealing.open_("door", noise)


def test_a_purpose_or_a_binding_that_differs_does_not_open(keys: Settings) -> None:
    sealed = sealing.seal("door", b"x", b"hers")
    for purpose, bind in (("token", b"hers"), ("door", b"his"), ("door", b"")):
        with pytest.raises(sealing.Unsealable):
            sealing.open_(purpose, sealed, bind)


def test_other_keys_do_not_open(keys: Settings, tmp_path: Path) -> None:
    sealed = sealing.seal("door", b"x")
    sealing.load(Settings(data=tmp_path / "other", keys=tmp_path / "thief"))
    with pytest.raises(sealing.Unsealable):
        sealing.open_("door", sealed)


def test_keys_lie_outside_the_data_and_for_the_owner_alone(keys: Settings) -> None:
    assert keys.keys not in keys.data.parents and keys.data not in keys.keys.parents
    assert stat.S_IMODE(os.stat(keys.keys / "1.key").st_mode) == 0o600
    for inside in (keys.data, keys.data / "keys"):
        with pytest.raises(SetupError, match="inside the data folder"):
            Settings.from_environment({"ALDER_KEYS": str(inside)}, keys.data)


def test_lost_keys_are_said_and_never_silently_replaced(keys: Settings) -> None:
    (keys.keys / "1.key").unlink()
    with pytest.raises(SetupError, match="keys are missing"):
        sealing.load(keys)
    assert not list(keys.keys.glob("*.key"))


def test_keys_of_another_installation_are_said(keys: Settings) -> None:
    (keys.keys / "1.key").write_bytes(os.urandom(32))
    with pytest.raises(SetupError, match="belong to other data"):
        sealing.load(keys)


def test_a_damaged_key_is_said(keys: Settings) -> None:
    (keys.keys / "1.key").write_bytes(b"short")
    with pytest.raises(SetupError, match="damaged"):
        sealing.load(keys)


async def test_rotation_seals_every_column_again_and_keeps_what_is_in_peoples_hands(opened: Settings) -> None:
    from_before = sealing.seal("door", b"in her hand")
    assert await sealing.rotate(opened) == 2
    assert sealing.open_("door", from_before) == b"in her hand"
    assert await sealing.rotate(opened) == 3
    assert sorted(file.name for file in opened.keys.glob("*.key")) == ["2.key", "3.key"]
    with pytest.raises(sealing.Unsealable):
        sealing.open_("door", from_before)


def test_a_running_server_seals_with_a_new_key_and_forgets_a_dropped_one_by_itself(
    keys: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LOOK_EVERY", 0.0)
    old = sealing.seal("door", b"x")
    (keys.keys / "2.key").write_bytes(os.urandom(32))  # as `alder keys rotate` in another process does
    assert sealing.seal("door", b"x")[0] == 2
    assert sealing.open_("door", old) == b"x"
    (keys.keys / "1.key").unlink()
    with pytest.raises(sealing.Unsealable):
        sealing.open_("door", old)
