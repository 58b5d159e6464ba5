"""Accounts: a way to log in. What a person may do comes from his `Official` row, never from here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    def create_account(
        self, *, username: str, password: str | None, is_demo: bool = False, password_is_temporary: bool = False
    ) -> "Account":
        """A new account with a hashed password; without one nobody can log in."""
        account = self.model(username=username, is_demo=is_demo, password_is_temporary=password_is_temporary)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A log-in name with its password. `is_demo` marks accounts whose password is printed on the screen.

    A temporary password was made by the administrator: it opens nothing but the page that changes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True, default="")
    is_active = models.BooleanField(_("đang dùng"), default=True)
    is_demo = models.BooleanField(_("tài khoản trình diễn"), default=False)
    password_is_temporary = models.BooleanField(_("mật khẩu dùng một lần"), default=False)
    created_at = models.DateTimeField(_("ngày lập"), auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is his. A hash made anew by the way, since a newer Django hashes harder, is told in the log."""
        with transaction.atomic():
            before = self.password
            is_right = super().check_password(raw_password)
            if self.password != before:
                self._tell_rehashed()
        return is_right

    def _tell_rehashed(self) -> None:
        if hasattr(self, "official"):
            record(
                kind="official.password_rehashed", subject=("official", self.official.pk), at=timezone.now(),
                by=Actor(self.pk, self.official.full_name), agency_id=self.official.unit.agency_id,
            )  # fmt: skip
        elif hasattr(self, "citizen"):
            record(
                kind="citizen.password_rehashed", subject=("citizen", self.citizen.pk), at=timezone.now(),
                by=Actor(self.pk, self.citizen.full_name),
            )  # fmt: skip

    @property
    def is_staff(self) -> bool:
        """No account has a key to everything: there is no back office beside the roles."""
        return False

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False
