from motcua.result.views.arrivals import note_arrived
from motcua.result.views.citizen import download, own_download
from motcua.result.views.copies import except_result, replaced_paper, result_copy, result_paper
from motcua.result.views.desk import hand_over, refusal_pdf, results

__all__ = [
    "download",
    "except_result",
    "hand_over",
    "note_arrived",
    "own_download",
    "refusal_pdf",
    "replaced_paper",
    "result_copy",
    "result_paper",
    "results",
]
