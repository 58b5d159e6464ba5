"""What happens to a filing before it is a dossier: submitted, asked for papers once, accepted, refused, withdrawn.

Each action is one transaction with its event; of two officials at once one wins, the other gets `StaleSubmission`.
Law: Decree 61/2018/NĐ-CP arts. 11, 17; Decree 45/2020/NĐ-CP art. 11; Decree 118/2025/NĐ-CP art. 17.
"""

from motcua.intake.submissions.answers import accept, add_papers, filing_of, refuse, withdraw
from motcua.intake.submissions.asking import ask_papers
from motcua.intake.submissions.entry import refuse_at_counter, submit
from motcua.intake.submissions.shared import (
    DemandRefused,
    Desk,
    GroundsMissing,
    StaleSubmission,
    UnknownPaper,
    WantedAnswer,
    WantedPaper,
    papers_of,
)

__all__ = [
    "DemandRefused",
    "Desk",
    "GroundsMissing",
    "StaleSubmission",
    "UnknownPaper",
    "WantedAnswer",
    "WantedPaper",
    "accept",
    "add_papers",
    "ask_papers",
    "filing_of",
    "papers_of",
    "refuse",
    "refuse_at_counter",
    "submit",
    "withdraw",
]
