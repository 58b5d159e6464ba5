"""The tables of the record: seals and leaves, which nothing changes, and the newest imprint of each subject."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LeafKind(models.TextChoices):
    EVENT = "event", _("sự kiện")
    ROWS = "rows", _("dấu các dòng")


class Seal(models.Model):
    """One batch of leaves under one root, chained to the seal before (`leaves.SealText` says how it is hashed).

    The database refuses to change or delete it, as it does for events and leaves.
    """

    number = models.BigIntegerField(_("số"), primary_key=True)
    previous = models.CharField(_("dấu trước"), max_length=64)
    leaves = models.PositiveIntegerField(_("số lá"))
    root = models.CharField(_("gốc"), max_length=64)
    first = models.BigIntegerField(_("sự kiện đầu"))
    last = models.BigIntegerField(_("sự kiện cuối"))
    floor = models.BigIntegerField(_("đã niêm phong đến"))
    sealed_at = models.DateTimeField(_("niêm phong lúc"))
    hash = models.CharField(_("dấu"), max_length=64)

    class Meta:
        verbose_name = _("niêm phong")
        verbose_name_plural = _("niêm phong")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Leaf(models.Model):
    """One leaf of a seal: the hash of an event, or of the rows of one subject as they stood then.

    No foreign keys: a leaf must stay when what it stands for is taken away, or it could not tell.
    """

    pk = models.CompositePrimaryKey("seal", "position")
    seal = models.BigIntegerField(_("niêm phong"))
    position = models.PositiveIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại lá"), max_length=5, choices=LeafKind.choices)
    sequence = models.BigIntegerField(_("sự kiện"), null=True)
    subject_kind = models.CharField(_("loại đối tượng"), max_length=40, null=True)
    subject_id = models.UUIDField(_("đối tượng"), null=True)
    hash = models.BinaryField(_("dấu"))

    class Meta:
        verbose_name = _("lá niêm phong")
        verbose_name_plural = _("lá niêm phong")
        constraints = (
            models.UniqueConstraint(fields=("sequence",), condition=Q(sequence__isnull=False), name="sealed_once"),
            models.CheckConstraint(
                condition=Q(kind=LeafKind.EVENT, sequence__isnull=False, subject_id=None)
                | Q(kind=LeafKind.ROWS, sequence=None, subject_id__isnull=False),
                name="leaf_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seal}/{self.position}"


class Layout(models.Model):
    """Which tables and columns an imprint was made of, so that it can be made again after the tables grew."""

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(_("loại đối tượng"), max_length=40)
    tables = models.JSONField(_("bảng và cột"))

    class Meta:
        verbose_name = _("khuôn dấu")
        verbose_name_plural = _("khuôn dấu")

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.id}"


class Imprint(models.Model):
    """What the rows of a subject hashed to when they were last sealed; the leaf named here holds its hash.

    `known` has 23 bytes for each row: the table's place in the layout, the row's id, the first six bytes of its hash.
    It only serves to name the row that changed: that something changed, the leaf says.
    """

    pk = models.CompositePrimaryKey("subject_kind", "subject_id")
    subject_kind = models.CharField(_("loại đối tượng"), max_length=40)
    subject_id = models.UUIDField(_("đối tượng"))
    layout = models.ForeignKey(Layout, models.PROTECT, related_name="+", verbose_name=_("khuôn dấu"))
    seal = models.BigIntegerField(_("niêm phong"))
    position = models.PositiveIntegerField(_("thứ tự"))
    known = models.BinaryField(_("dấu từng dòng"))

    class Meta:
        verbose_name = _("dấu các dòng")
        verbose_name_plural = _("dấu các dòng")

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
