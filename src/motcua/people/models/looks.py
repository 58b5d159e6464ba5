"""When an official last opened what is kept about a citizen: only so that the log is not told the same every minute."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """The last look of one account at one dossier or filing that was told to the log; the log is what counts."""

    pk = models.CompositePrimaryKey("subject_id", "account_id")
    subject_id = models.UUIDField(_("đối tượng"))
    account_id = models.UUIDField(_("tài khoản"))
    looked_at = models.DateTimeField(_("xem lúc"))

    class Meta:
        verbose_name = _("lần xem")
        verbose_name_plural = _("lần xem")

    def __str__(self) -> str:
        return f"{self.subject_id} {self.looked_at:%d/%m/%Y %H:%M}"
