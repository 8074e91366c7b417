"""The nouns of the staff app: roles, what a role may, what is written into the log, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """As stored, and as the command line takes them."""

    DIRECTORY_EDITOR = "directory_editor"
    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    APPEALS_REVIEWER = "appeals_reviewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    OUTSIDE_REVIEWER = "outside_reviewer"  # of no use to the operator, and holds no other role


class Permission(StrEnum):
    READ_SERVICES = "read_services"
    CHANGE_SERVICES = "change_services"
    MARK_OURS = "mark_ours"  # decides who reads reports of harm about a service
    READ_REPORTS = "read_reports"
    REVIEW_WRONG = "review_wrong"
    REVIEW_HARM = "review_harm"
    REVIEW_OUTSIDE = "review_outside"
    READ_LOG = "read_log"
    READ_STAFF = "read_staff"
    CHANGE_STAFF = "change_staff"


class Entry(StrEnum):
    """What an address asks of whoever comes: nothing, a sign-in of whatever role, or a Permission instead of these."""

    ANYONE = "anyone"
    STAFF = "staff"


class Act(StrEnum):
    STAFF_ADDED = "staff_added"
    STAFF_SET_UP = "staff_set_up"
    STAFF_RESET = "staff_reset"
    STAFF_ENDED = "staff_ended"
    STAFF_ROLES = "staff_roles"
    SERVICE_CHANGED = "service_changed"
    SERVICE_VERIFIED = "service_verified"
    SERVICE_RETIRED = "service_retired"
    SERVICE_BROUGHT_BACK = "service_brought_back"
    SERVICE_HIDDEN = "service_hidden"
    SERVICE_SHOWN_AGAIN = "service_shown_again"
    REPORT_REVIEWED = "report_reviewed"
    CONFLICT_SETTLED = "conflict_settled"
    SERVICES_MERGED = "services_merged"
    SERVICES_PARTED = "services_parted"
    BULK_DONE = "bulk_done"
    BULK_UNDONE = "bulk_undone"
    LINE_CHECKED = "line_checked"
    LINE_DOUBTED = "line_doubted"
    LINE_SETTLED = "line_settled"
    NOT_DONE = "not_done"


@dataclass(frozen=True)
class Who:
    """Who acts: somebody signed in, or nobody (id 0) at the command line of the server."""

    id: int
    name: str
    roles: frozenset[Role] = frozenset()


COMMAND_LINE = Who(0, "command line")


@dataclass(frozen=True)
class Deed:
    """One line for the log. `details` are short and hold nothing that may not be shown, no address above all."""

    act: Act
    kind: str
    object_id: str
    details: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the log as it is kept. `at` is ISO 8601, UTC; `hash` covers this line and the hash before it."""

    id: int
    at: str
    staff_id: int
    name: str
    role: str
    act: str
    kind: str
    object_id: str
    details: str
    hash: str
