"""What citizens hand in and what is kept of it."""

from motcua.documents.papers.models import CopyKind, IssuedPaper, Paper, PaperUse, StoredFile, Upload

__all__ = ["CopyKind", "IssuedPaper", "Paper", "PaperUse", "StoredFile", "Upload"]
