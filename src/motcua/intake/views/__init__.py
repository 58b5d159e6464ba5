from motcua.intake.views.counter import choose_procedure, intake
from motcua.intake.views.filings import choose_postal, refuse_counter, register_postal
from motcua.intake.views.receipts import receipt_pdf
from motcua.intake.views.submission_papers import asked_pdf, refusal_pdf
from motcua.intake.views.submissions import submission, waiting_submissions

__all__ = [
    "asked_pdf",
    "choose_postal",
    "choose_procedure",
    "intake",
    "receipt_pdf",
    "refusal_pdf",
    "refuse_counter",
    "register_postal",
    "submission",
    "waiting_submissions",
]
