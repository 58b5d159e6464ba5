"""What citizens hand in and what is kept of it."""

from motcua.documents.papers.models import IssuedPaper, Paper, PaperUse, StoredFile, Upload

__all__ = ["IssuedPaper", "Paper", "PaperUse", "StoredFile", "Upload"]
