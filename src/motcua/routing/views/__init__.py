from motcua.routing.views.calendar_change import calendar_preview
from motcua.routing.views.detours import detour
from motcua.routing.views.dossier import dossier, reasons
from motcua.routing.views.held import in_hands
from motcua.routing.views.looks import who_looked
from motcua.routing.views.moves import approve_step, pass_on_step, release_step, send_back_step, take_step
from motcua.routing.views.prints import control_sheet_pdf, discontinuation_pdf, supplement_request_pdf
from motcua.routing.views.proofs import tracked_proofs, tracked_record
from motcua.routing.views.time_spent import time_spent
from motcua.routing.views.today import start, today
from motcua.routing.views.tracking import track, tracked
from motcua.routing.views.worklists import late, worklist

__all__ = [
    "approve_step",
    "calendar_preview",
    "control_sheet_pdf",
    "detour",
    "discontinuation_pdf",
    "dossier",
    "in_hands",
    "late",
    "pass_on_step",
    "reasons",
    "release_step",
    "send_back_step",
    "start",
    "supplement_request_pdf",
    "take_step",
    "time_spent",
    "today",
    "track",
    "tracked",
    "tracked_proofs",
    "tracked_record",
    "who_looked",
    "worklist",
]
