"""Printed papers: plain values in, PDF/A out.

receipt (form 01), delivery_note, register (form 07), posting (QR sheet); printed_forms says which numbered form
a paper follows on a given day. Texts on paper are the law's, in Vietnamese only.
"""

from motcua.documents.prints.delivery_note import DeliveryNotePrint, PrintedResult, render_delivery_note
from motcua.documents.prints.letterhead import Letterhead
from motcua.documents.prints.posting import PostingQrPrint, render_posting_qr
from motcua.documents.prints.printed_forms import PrintedForm, PrintedFormGap, PrintedFormKind, form_for
from motcua.documents.prints.receipt import (
    PaperSize,
    PrintedFee,
    PrintedMandate,
    PrintedPaper,
    PrintedParty,
    ReceiptPrint,
    preview_receipt,
    render_receipt,
)
from motcua.documents.prints.register import RegisterPrint, RegisterRow, render_register

__all__ = [
    "DeliveryNotePrint",
    "Letterhead",
    "PaperSize",
    "PostingQrPrint",
    "PrintedFee",
    "PrintedForm",
    "PrintedFormGap",
    "PrintedFormKind",
    "PrintedMandate",
    "PrintedPaper",
    "PrintedParty",
    "PrintedResult",
    "ReceiptPrint",
    "RegisterPrint",
    "RegisterRow",
    "form_for",
    "preview_receipt",
    "render_delivery_note",
    "render_posting_qr",
    "render_receipt",
    "render_register",
]
