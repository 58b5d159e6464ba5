"""What follows from an e-form and its answers: pure rules, nothing is stored."""

from motcua.catalogue.eforms.rules.asking import asked_on, computed, pages_asked, settled
from motcua.catalogue.eforms.rules.carrying import Carried, changes
from motcua.catalogue.eforms.rules.faulting import Fault, faults
from motcua.catalogue.eforms.rules.knowing import prefilled
from motcua.catalogue.eforms.rules.mending import Answered, Mended, answered, in_words, mended
from motcua.catalogue.eforms.rules.reading import read, with_row, without_row
from motcua.catalogue.eforms.rules.telling import Section, summary, told

__all__ = [
    "Answered",
    "Carried",
    "Fault",
    "Mended",
    "Section",
    "answered",
    "asked_on",
    "changes",
    "computed",
    "faults",
    "in_words",
    "mended",
    "pages_asked",
    "prefilled",
    "read",
    "settled",
    "summary",
    "told",
    "with_row",
    "without_row",
]
