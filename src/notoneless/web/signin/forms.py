"""The forms of sign-in and own password."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notoneless.web.request import Request


class SignInForm(AuthenticationForm):
    """Says the same whether the name, the password or the account is wrong."""

    error_messages = {
        "invalid_login": _("登录名或密码不对。密码区分大小写；忘记密码请找本单位管理员重设。"),
        "inactive": _("登录名或密码不对。密码区分大小写；忘记密码请找本单位管理员重设。"),
        "slip_over": _("纸条上的首次密码已过期。请找本单位管理员重新打印一张。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("登录名")
        self.fields["password"].label = _("密码")
        self.fields["username"].widget.attrs["autocapitalize"] = "none"

    def clean_username(self) -> str:
        """As it is stored: capital letters would be a way round the lock-out."""
        return str(self.cleaned_data["username"]).strip().lower()

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        valid_until = getattr(user, "slip_valid_until", None)
        now = cast(Request, self.request).now
        if getattr(user, "must_change_password", False) and valid_until and valid_until <= now:
            raise ValidationError(self.error_messages["slip_over"], code="slip_over")


class OwnPasswordForm(PasswordChangeForm):
    """The person's own new password, chosen twice."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("现在的密码不对。请再输一次；刚领到纸条的，请输纸条上的密码。"),
        "password_mismatch": _("两次输入的新密码不一样。请重新输入。"),
        "password_same": _("新密码不能与现在的密码相同。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("现在的密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password1"].help_text = _(
            "至少 10 个字符，不能全是数字，不能太常见，也不要用自己的登录名。"
        )
        self.fields["new_password2"].label = _("再输一次新密码")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        old, new = cleaned.get("old_password"), cleaned.get("new_password1")
        if old and old == new:
            self.add_error("new_password1", self.error_messages["password_same"])
        return cleaned
