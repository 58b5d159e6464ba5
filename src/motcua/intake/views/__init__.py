from motcua.intake.views.counter import choose_procedure, intake
from motcua.intake.views.receipts import receipt_pdf

__all__ = ["choose_procedure", "intake", "receipt_pdf"]
