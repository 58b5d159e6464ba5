"""Printed papers: plain values in, PDF/A out.

receipt (form 01), supplement_request (02), refusal (03), apology (04), discontinuation (05), control_sheet (06),
register (07), delivery_note, money_notice, poster (for the notice board), handbook, report (of a period);
printed_forms says which numbered form a paper follows, by the day its dossier was received. Texts on paper
are the law's, in Vietnamese only.
"""

from motcua.documents.prints.apology import ApologyPrint, preview_apology, render_apology
from motcua.documents.prints.control_sheet import (
    ControlSheetPrint,
    PrintedCooperation,
    PrintedHandOver,
    preview_control_sheet,
    render_control_sheet,
)
from motcua.documents.prints.delivery_note import DeliveryNotePrint, PrintedResult, render_delivery_note
from motcua.documents.prints.discontinuation import (
    DiscontinuationPrint,
    preview_discontinuation,
    render_discontinuation,
)
from motcua.documents.prints.handbook import (
    HandbookPrint,
    PrintedBlock,
    PrintedProcedure,
    handbook_values,
    render_handbook,
)
from motcua.documents.prints.letterhead import Letterhead
from motcua.documents.prints.money_notice import (
    MoneyNoticePrint,
    PrintedDuty,
    preview_money_notice,
    render_money_notice,
)
from motcua.documents.prints.parties import PrintedParty, PrintedSignatory
from motcua.documents.prints.poster import Poster, PostersPrint, preview_posters, render_posters
from motcua.documents.prints.printed_forms import PrintedForm, PrintedFormGap, PrintedFormKind, form_for
from motcua.documents.prints.receipt import (
    PaperSize,
    PrintedFee,
    PrintedMandate,
    PrintedPaper,
    ReceiptPrint,
    preview_receipt,
    render_receipt,
)
from motcua.documents.prints.refusal import RefusalPrint, preview_refusal, render_refusal
from motcua.documents.prints.register import RegisterPrint, RegisterRow, render_register
from motcua.documents.prints.report import (
    PrintedChart,
    PrintedColumn,
    PrintedLine,
    PrintedTable,
    ReportPrint,
    preview_report,
    render_report,
)
from motcua.documents.prints.supplement_request import (
    PrintedDemand,
    SupplementRequestPrint,
    preview_supplement_request,
    render_supplement_request,
)

__all__ = [
    "ApologyPrint",
    "ControlSheetPrint",
    "DeliveryNotePrint",
    "DiscontinuationPrint",
    "HandbookPrint",
    "Letterhead",
    "MoneyNoticePrint",
    "PaperSize",
    "Poster",
    "PostersPrint",
    "PrintedBlock",
    "PrintedChart",
    "PrintedColumn",
    "PrintedCooperation",
    "PrintedDemand",
    "PrintedDuty",
    "PrintedFee",
    "PrintedForm",
    "PrintedFormGap",
    "PrintedFormKind",
    "PrintedHandOver",
    "PrintedLine",
    "PrintedMandate",
    "PrintedPaper",
    "PrintedParty",
    "PrintedProcedure",
    "PrintedResult",
    "PrintedSignatory",
    "PrintedTable",
    "ReceiptPrint",
    "RefusalPrint",
    "RegisterPrint",
    "RegisterRow",
    "ReportPrint",
    "SupplementRequestPrint",
    "form_for",
    "handbook_values",
    "preview_apology",
    "preview_control_sheet",
    "preview_discontinuation",
    "preview_money_notice",
    "preview_posters",
    "preview_receipt",
    "preview_refusal",
    "preview_report",
    "preview_supplement_request",
    "render_apology",
    "render_control_sheet",
    "render_delivery_note",
    "render_discontinuation",
    "render_handbook",
    "render_money_notice",
    "render_posters",
    "render_receipt",
    "render_refusal",
    "render_register",
    "render_report",
    "render_supplement_request",
]
