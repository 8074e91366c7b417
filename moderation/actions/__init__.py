"""What staff and the command line do, one verb each. Whoever acts comes first."""

from moderation.actions.conflicts import settle_conflict
from moderation.actions.demo import DemoStaff, add_demo_staff, demo_staff
from moderation.actions.keeping_log import LogCheck, check_log, record
from moderation.actions.lines import say_of_line
from moderation.actions.many import change_many, merge_services, part_services, undo_many
from moderation.actions.services import bring_back_service, change_service, retire_service, verify_service
from moderation.actions.setting_up import Setup, finish_setup, open_setup
from moderation.actions.signing_in import Typed, session_id_of, sign_in, sign_out
from moderation.actions.staffing import add_staff, change_roles, empty_roles, end_staff, reset_staff

__all__ = [
    "DemoStaff",
    "LogCheck",
    "Setup",
    "Typed",
    "add_demo_staff",
    "add_staff",
    "bring_back_service",
    "change_many",
    "change_roles",
    "change_service",
    "check_log",
    "demo_staff",
    "empty_roles",
    "end_staff",
    "finish_setup",
    "merge_services",
    "open_setup",
    "part_services",
    "record",
    "reset_staff",
    "retire_service",
    "say_of_line",
    "session_id_of",
    "settle_conflict",
    "sign_in",
    "sign_out",
    "undo_many",
    "verify_service",
]
