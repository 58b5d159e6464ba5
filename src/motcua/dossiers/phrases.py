"""Figures about dossiers said in the words of the law: limits and working time, as the calendar says them."""

from motcua.worktime.phrases import limit_words, minutes_words

__all__ = ["limit_words", "minutes_words"]
