"""What staff and the command line do, one verb each. Whoever acts comes first."""

from moderation.actions.demo import DemoStaff, add_demo_staff, demo_staff
from moderation.actions.keeping_log import LogCheck, check_log, record
from moderation.actions.services import bring_back_service, change_service, retire_service, verify_service
from moderation.actions.setting_up import Setup, finish_setup, open_setup
from moderation.actions.signing_in import Typed, session_id_of, sign_in, sign_out
from moderation.actions.staffing import add_staff, empty_roles, end_staff, reset_staff

__all__ = [
    "DemoStaff",
    "LogCheck",
    "Setup",
    "Typed",
    "add_demo_staff",
    "add_staff",
    "bring_back_service",
    "change_service",
    "check_log",
    "demo_staff",
    "empty_roles",
    "end_staff",
    "finish_setup",
    "open_setup",
    "record",
    "reset_staff",
    "retire_service",
    "session_id_of",
    "sign_in",
    "sign_out",
    "verify_service",
]
