"""The social insurance beside the ward, where the last part of a birth bundle ends: its own desk and people."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.demo.halls import HALL_POSTS
from motcua.demo.office import MACHINE, OPENED, POSTS, Post, appoint_posts
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import give_code, open_agency, open_unit
from motcua.people.models import Account, Agency, AgencyKind, AgencyLevel, CodeScheme, Role, UnitFunction

INSURANCE = "Bảo hiểm xã hội cơ sở Tân Thạnh"
CARD = "1.014137"

INSURANCE_UNITS = {
    UnitFunction.ONE_STOP: "Bộ phận Một cửa",
    UnitFunction.SOCIAL: "Thu và cấp sổ, thẻ",
    UnitFunction.LEADERS: "Lãnh đạo cơ quan bảo hiểm xã hội",
}
# Nobody approves what he worked on himself, so that it takes two.
INSURANCE_POSTS = (
    Post("bhxh", "Lương Thị Hạnh", "Chuyên viên bảo hiểm xã hội", UnitFunction.ONE_STOP,
         ((Role.RECEIVER, UnitFunction.ONE_STOP), (Role.CASE_OFFICER, UnitFunction.SOCIAL)),
         "phần thẻ bảo hiểm y tế của hồ sơ liên thông"),
    Post("giamdocbhxh", "Đoàn Công Thành", "Giám đốc bảo hiểm xã hội cơ sở", UnitFunction.LEADERS,
         ((Role.APPROVER, UnitFunction.LEADERS),), "duyệt cấp thẻ bảo hiểm y tế"),
)  # fmt: skip

WORKERS = (*POSTS, *INSURANCE_POSTS)
"""Who does the steps of the demo's dossiers."""
LOGINS = (*POSTS, *HALL_POSTS, *INSURANCE_POSTS)


@transaction.atomic
def build_insurance(ward: Agency) -> Agency:
    """The social insurance of the ward's neighbourhood, under the same province; once built, given back as it is."""
    found = Agency.objects.filter(name=INSURANCE, valid_to__isnull=True).first()
    if found is not None:
        return found
    at = timezone.now()
    told: dict[str, Any] = {"valid_from": OPENED, "by": MACHINE, "at": at}
    agency = open_agency(
        name=INSURANCE, short_name=INSURANCE, kind=AgencyKind.DEPARTMENT, level=AgencyLevel.PROVINCE,
        parent=ward.parent, **told,
    )  # fmt: skip
    give_code(agency=agency, scheme=CodeScheme.DECISION_20_2020, code="G18.17.021", **told)
    units = {
        function: open_unit(agency=agency, name=name, function=function, **told)
        for function, name in INSURANCE_UNITS.items()
    }
    appoint_posts(INSURANCE_POSTS, units, at)
    post_all(Procedure.objects.filter(national_code=CARD), agency, by=MACHINE, valid_from=OPENED)
    return agency


def acting(username: str, at: datetime) -> ActingOfficial:
    """The demo official as he acts at that moment, with whom he stands in for. Raises LookupError for a stranger."""
    account = Account.objects.filter(is_demo=True, username=username).first()
    found = account_with_official(account.id, localdate(at), at) if account else None
    if found is None or found[1] is None:
        raise LookupError(username)
    return found[1]
