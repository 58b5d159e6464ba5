"""What a hall's television shows in turn beside the numbers: slides, and what the office announces."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from motcua.catalogue.posting.slides import Slide, slides_of
from motcua.people.models import Agency

Slides = Callable[[Agency, datetime], list[Slide]]
_more: list[Slides] = []
FIRST: Final = 2
"""Who we are and where a dossier is stand first, then what other rooms show, then the procedures."""
LONGEST_SAID: Final = 120
"""Letters that stand in two lines under the numbers."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def show_slides_of(slides: Slides) -> None:
    """Show these slides too: rooms above this one; twice is once."""
    if slides not in _more:
        _more.append(slides)


def slides_in_turn(agency: Agency, at: datetime) -> list[Slide]:
    """The slides of one round."""
    own = slides_of(agency, at)
    return [*own[:FIRST], *(slide for more in _more for slide in more(agency, at)), *own[FIRST:]]


def said_in_turn(announcement: str) -> list[str]:
    """An announcement in pieces of whole sentences, each short enough to be read at once."""
    pieces: list[str] = []
    for sentence in _SENTENCE.split(announcement.strip()):
        if pieces and len(pieces[-1]) + len(sentence) < LONGEST_SAID:
            pieces[-1] += f" {sentence}"
        elif sentence:
            pieces.append(sentence)
    return pieces
