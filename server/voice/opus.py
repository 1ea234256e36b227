"""The Opus codec by libopus itself: what PyAV does not offer is FEC, concealment and changes on the
way.

The library is the one in PyAV's wheel, or the system's (`libopus0`). Sound is mono, 48 kHz, signed
16 bit. Constants are those of `opus_defines.h`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 48_000
LONGEST: Final = 5760
"""Samples of the longest packet: 120 ms (RFC 6716 §3.2.5)."""
BYTES: Final = 1275 * 3 + 7
"""The largest packet of 60 ms that an encoder here makes."""

VOIP: Final = 2048
AUDIO: Final = 2049
_SET_BITRATE, _SET_COMPLEXITY, _SET_FEC, _SET_LOSS, _SET_DTX = 4002, 4010, 4012, 4014, 4016
_IN_DTX, _RESET = 4049, 4028

Sound = NDArray[np.int16]
"""Samples of one voice, or of a mix."""


class OpusError(Exception):
    """The library is not there, or refuses."""


def _places() -> Iterator[str]:
    spec = importlib.util.find_spec("av")
    for place in (spec.submodule_search_locations or []) if spec else []:
        for folder in ("../av.libs", ".dylibs"):
            yield from sorted(map(str, Path(place, folder).glob("libopus[-.]*")))
    if name := ctypes.util.find_library("opus"):
        yield name


def _load() -> ctypes.CDLL:
    for place in _places():
        try:
            return ctypes.CDLL(place)
        except OSError:
            continue
    raise OpusError("libopus is not installed")


_found: ctypes.CDLL | None = None


def library() -> ctypes.CDLL:
    """libopus. Raises OpusError where there is none."""
    global _found
    if _found is None:
        _found = _load()
        _found.opus_encoder_create.restype = ctypes.c_void_p
        _found.opus_decoder_create.restype = ctypes.c_void_p
        _found.opus_get_version_string.restype = ctypes.c_char_p
    return _found


def version() -> str:
    """What the library calls itself."""
    return str(library().opus_get_version_string().decode())


def length(packet: bytes) -> int:
    """Samples in a packet, of 1 to 120 ms. Raises OpusError for what is no Opus packet."""
    found = library().opus_packet_get_nb_samples(packet, len(packet), RATE) if packet else -4
    if not 0 < found <= LONGEST:
        raise OpusError(f"no packet: {found}")
    return int(found)


class Encoder:
    """Sound to packets. What it is asked for can change between two packets."""

    def __init__(self, application: int = VOIP, **wishes: int) -> None:
        fault = ctypes.c_int()
        self._lib = library()
        self._state = ctypes.c_void_p(
            self._lib.opus_encoder_create(RATE, 1, application, ctypes.byref(fault))
        )
        if fault.value or self._state.value is None:
            raise OpusError(f"encoder: {fault.value}")
        self._out = ctypes.create_string_buffer(BYTES)
        self.set(**wishes)

    def set(
        self,
        bitrate: int | None = None,
        complexity: int | None = None,
        fec: int | None = None,
        loss: int | None = None,
        dtx: int | None = None,
    ) -> None:
        """Bits a second; effort 0 to 10; whether each packet also holds the one before, in short;
        for which loss in percent; whether silence may be left out."""
        for what, value in (
            (_SET_BITRATE, bitrate),
            (_SET_COMPLEXITY, complexity),
            (_SET_FEC, fec),
            (_SET_LOSS, loss),
            (_SET_DTX, dtx),
        ):
            if value is not None:
                self._ctl(what, ctypes.c_int32(value))

    def _ctl(self, what: int, argument: Any) -> None:
        fault = self._lib.opus_encoder_ctl(self._state, what, argument)
        if fault:
            raise OpusError(f"encoder request {what}: {fault}")

    def reset(self) -> None:
        """As if it had not heard anything yet."""
        self._ctl(_RESET, None)

    def encode(self, sound: Sound) -> bytes:
        """One packet of 2.5 to 60 ms. Of one or two bytes: nothing need be sent (DTX)."""
        pcm = np.ascontiguousarray(sound, dtype=np.int16)
        size = self._lib.opus_encode(self._state, pcm.tobytes(), len(pcm), self._out, BYTES)
        if size < 0:
            raise OpusError(f"encode: {size}")
        return ctypes.string_at(self._out, size)

    def __del__(self) -> None:
        if hasattr(self, "_state"):
            self._lib.opus_encoder_destroy(self._state)


class Decoder:
    """Packets to sound, and sound where a packet is missing."""

    def __init__(self) -> None:
        fault = ctypes.c_int()
        self._lib = library()
        self._state = ctypes.c_void_p(self._lib.opus_decoder_create(RATE, 1, ctypes.byref(fault)))
        if fault.value or self._state.value is None:
            raise OpusError(f"decoder: {fault.value}")
        self._out = np.empty(LONGEST, dtype=np.int16)
        self._place = ctypes.c_void_p(self._out.ctypes.data)

    def decode(self, packet: bytes) -> Sound:
        """The sound of a packet. Raises OpusError for what is none; the decoder stays usable."""
        return self._run(packet, length(packet), fec=0)

    def recover(self, packet: bytes, samples: int) -> Sound:
        """The sound that was before `packet`, from what `packet` holds of it; where it holds
        nothing, as `conceal`."""
        length(packet)
        return self._run(packet, samples, fec=1)

    def conceal(self, samples: int) -> Sound:
        """Something in place of a packet that did not come: what was heard before, dying away."""
        return self._run(None, samples, fec=0)

    def _run(self, packet: bytes | None, samples: int, fec: int) -> Sound:
        size = self._lib.opus_decode(
            self._state,
            packet,
            len(packet) if packet else 0,
            self._place,
            samples,
            fec,
        )
        if size < 0:
            raise OpusError(f"decode: {size}")
        return self._out[:size].copy()

    def __del__(self) -> None:
        if hasattr(self, "_state"):
            self._lib.opus_decoder_destroy(self._state)
