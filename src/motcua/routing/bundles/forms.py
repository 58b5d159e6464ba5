"""What the receiver types for a bundle: the counter's own form over one list of papers; and why a part is refused."""

from typing import Any, cast

from django import forms

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion
from motcua.intake.forms import IntakeForm
from motcua.intake.submission_forms import GroundsForm


class BundleForm(IntakeForm):
    """The counter's form for a bundle: somebody stands here, so the way of filing is not asked."""

    def __init__(self, offered: OfferedVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(offered, *args, **kwargs)
        channel = cast("forms.ChoiceField", self.fields["channel"])
        channel.widget = forms.HiddenInput()
        channel.choices = [(Channel.COUNTER.value, Channel.COUNTER.label)]
        channel.initial = Channel.COUNTER.value


class RefuseMemberForm(GroundsForm):
    """Why a part that is not opened yet is refused, and on what law (form 03)."""
