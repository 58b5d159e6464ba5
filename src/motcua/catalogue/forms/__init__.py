"""Forms of the procedure controller."""

from motcua.catalogue.forms.drafts import DraftSheet
from motcua.catalogue.forms.postings import PostForm, WithdrawForm
from motcua.catalogue.forms.publishing import PublishForm

__all__ = ["DraftSheet", "PostForm", "PublishForm", "WithdrawForm"]
