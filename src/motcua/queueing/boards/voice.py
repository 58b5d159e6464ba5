"""The voice of the boards: short clips that a page plays one after the other. `tools/voice` makes the shipped ones."""

from pathlib import Path
from string import ascii_lowercase
from typing import Final

from django.conf import settings

SHIPPED: Final = Path(__file__).parent / "clips"
HIGHEST: Final = 30
"""Numbers up to this are read as such, higher ones digit by digit."""
CLIPS: Final = frozenset({*ascii_lowercase, *map(str, range(HIGHEST + 1)), "moi-so", "den-quay", "chime"})


def clip(name: str) -> Path:
    """The recording of the office where it has one, else the shipped clip."""
    own: Path | None = settings.MOTCUA_VOICE
    if own is not None and (own / f"{name}.wav").is_file():
        return own / f"{name}.wav"
    return SHIPPED / f"{name}.wav"
