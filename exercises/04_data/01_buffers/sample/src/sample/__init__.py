"""Writes recordings into sound files."""

import wave
from pathlib import Path

from buffers import Recording

__all__ = ["save"]


def save(recording: Recording, path: Path, rate: int = 44100) -> None:
    """Writes a WAV file with one channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        # `wave` takes a view of the recording and writes that: there are no bytes in between.
        file.writeframes(recording)
