"""Which revision of a row a page showed, so that nobody writes over what he did not see."""

from django.http import HttpRequest

LONGEST = 5


def revision_seen(request: HttpRequest) -> int:
    """The revision that was sent back; -1, which no row has, for what is none."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST else -1
