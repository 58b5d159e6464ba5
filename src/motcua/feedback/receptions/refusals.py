"""What cannot be done with the calendar of receptions, in its sentence."""

from motcua.core.refusals import Refusal


class ReceptionRefused(Refusal):
    """The calendar cannot be written so; the sentence says why. `about`: which answer of the form it is about."""

    def __init__(self, sentence: str, about: str | None = None) -> None:
        super().__init__(sentence)
        self.about = about
