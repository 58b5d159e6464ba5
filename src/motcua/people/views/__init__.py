"""The pages of the office itself: its people, its rooms, its roster."""

from motcua.people.views.second_factor import ActivateSecondFactor

__all__ = ["ActivateSecondFactor"]
