"""The hall of the town, for the addresses of the queue."""

from motcua.demo.halls import build_hall
from motcua.people.models import Agency


def queue_rows(ward: Agency) -> dict[str, str]:
    """The demo ward's hall, one of its counters, and a clip of the voice."""
    hall = build_hall(ward)
    return {"<slug:hall_code>": hall.code, "<int:counter_number>": "1", "<slug:clip_name>": "chime"}
