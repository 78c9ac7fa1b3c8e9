"""The only writers of accounts and approvals of access."""

from __future__ import annotations

from notoneless.access.services.accounts import (
    UsernameTaken,
    choose_password,
    close_account,
    give_sign_in,
    open_account,
    open_accounts_alike,
    print_slip,
)
from notoneless.access.services.approvals import OwnAccess, approve_access, withdraw_approval

__all__ = [
    "OwnAccess",
    "UsernameTaken",
    "approve_access",
    "choose_password",
    "close_account",
    "give_sign_in",
    "open_account",
    "open_accounts_alike",
    "print_slip",
    "withdraw_approval",
]
