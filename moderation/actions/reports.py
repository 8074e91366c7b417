"""What reviewers do with what readers told of a service. The log says that it was done, never what was told.

A report of harm withdraws nothing by itself. "Hide until settled" is one press: hidden first, written down then.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from moderation import store
from moderation.actions.keeping_log import record
from moderation.permissions import may, role_for
from moderation.terms import Act, Deed, Line, Permission, Role, Who
from server.errors import BadInput, NotAllowed, NotFound
from server.resources import report_review, review
from server.resources.report_review import Open, Reviewer, Said, Whole
from server.resources.review import Whole as Service
from server.resources.terms import ReportKind
from server.web import N_

KIND, SERVICE = "report", "service"
MAY_NOT = N_("Your role may not look at reports.")
CHOOSE = N_("Please choose what you think of it.")
NEEDED = {ReportKind.WRONG: Permission.REVIEW_WRONG, ReportKind.HARM: Permission.REVIEW_HARM}
NOT_YOURS = N_("Somebody else hid it. It is shown again when the report is settled.")
RETIRED = "retired"
# What takes a service away or brings it back, in the log.
TO_AND_FRO = (
    Act.SERVICE_HIDDEN,
    Act.SERVICE_SHOWN_AGAIN,
    Act.SERVICE_RETIRED,
    Act.SERVICE_BROUGHT_BACK,
    Act.SERVICES_MERGED,
    Act.SERVICES_PARTED,
)


def reviewer_of(who: Who) -> Reviewer:
    """The outside reviewer sees the reports of what we run ourselves and no others; everybody else only the others."""
    if not may(who.roles, Permission.READ_REPORTS):
        raise NotAllowed(MAY_NOT)
    return Reviewer(str(who.id), outside=may(who.roles, Permission.REVIEW_OUTSIDE))


def _sees(who: Who, report: Open) -> bool:
    """What was right needs nobody to look at it."""
    if may(who.roles, Permission.REVIEW_OUTSIDE):
        return report.kind is not ReportKind.RIGHT
    need = NEEDED.get(report.kind)
    return need is not None and may(who.roles, need)


async def open_reports(who: Who) -> tuple[Open, ...]:
    """Harm first, then the oldest."""
    return tuple(one for one in await report_review.open_reports(reviewer_of(who)) if _sees(who, one))


async def read_report(who: Who, report_id: str) -> Whole:
    """Raises NotFound, also for one that is for somebody else's eyes."""
    whole = await report_review.read_report(report_id, reviewer_of(who))
    if not _sees(who, whole.report):
        raise NotFound(report_review.ABSENT)
    return whole


async def review_report(who: Who, report_id: str, said: str, note: str, now: datetime) -> bool:
    """True where this word settles it. What was hidden for it is shown again where it does not hold.

    Raises NotFound or BadInput.
    """
    whole = await read_report(who, report_id)
    if said not in set(Said):
        raise BadInput(CHOOSE)
    done = await report_review.review(report_id, reviewer_of(who), Said(said), note, now.date())
    await record(who, _role(who, whole.report), Deed(Act.REPORT_REVIEWED, KIND, report_id), now)
    if done and said == Said.HOLDS_NOT:
        await _show_settled(who, _role(who, whole.report), whole.report.service_id, now)
    return done


async def _show_settled(who: Who, role: Role, service_id: str, now: datetime) -> None:
    """What was hidden for a report, unless another of harm waits, or it was retired before it was hidden."""
    service = await review.whole_service(service_id, now.date())
    hidden = await _hiding(service)
    if hidden and hidden.details != RETIRED and not await review.waits_for_harm(service_id):
        await _show(who, role, service, now)


async def hide_service(who: Who, report_id: str, now: datetime) -> None:
    """Gone from every list until it is settled; what is retired already is held. Raises NotFound, or Stale."""
    report = (await read_report(who, report_id)).report
    if report.kind is not ReportKind.HARM:
        raise NotFound(report_review.ABSENT)
    whole = await review.whole_service(report.service_id, now.date())
    hidden = await _hiding(whole)
    if hidden and hidden.staff_id == who.id:
        return
    details = hidden.details if hidden else RETIRED if whole.retired_on else ""
    await (review.hold if whole.retired_on else review.retire)(whole.id, whole.version, now.date())
    await record(who, _role(who, report), Deed(Act.SERVICE_HIDDEN, SERVICE, whole.id, details), now)


async def show_service(who: Who, report_id: str, now: datetime) -> None:
    """A mistake of hers alone. What a colleague hid waits for the report; what an editor retired is not hers to show.

    Raises NotFound, Stale or BadInput.
    """
    report = (await read_report(who, report_id)).report
    whole = await review.whole_service(report.service_id, now.date())
    hidden = await _hiding(whole)
    if report.kind is not ReportKind.HARM or hidden is None or hidden.details == RETIRED:
        return
    if hidden.staff_id != who.id:
        raise BadInput(NOT_YOURS)
    await _show(who, _role(who, report), whole, now)


async def _show(who: Who, role: Role, whole: Service, now: datetime) -> None:
    await record(who, role, Deed(Act.SERVICE_SHOWN_AGAIN, SERVICE, whole.id), now)
    await review.show_again(whole.id, whole.version, now.date())


async def _hiding(whole: Service) -> Line | None:
    """The line of the log by which it is hidden for a report, where nobody did anything about that since."""
    last = await store.last_of(SERVICE, whole.id, TO_AND_FRO) if whole.retired_on else None
    return last if last and last.act == Act.SERVICE_HIDDEN else None


class Hidden(StrEnum):
    """How a service is hidden for a report, as this person sees it."""

    BY_HER = "by_her"
    BY_ANOTHER = "by_another"
    HELD = "held"
    NOT = "not"


async def hidden_for(who: Who, whole: Service) -> Hidden:
    """HELD: it was retired before."""
    line = await _hiding(whole)
    if line is None:
        return Hidden.NOT
    if line.details == RETIRED:
        return Hidden.HELD
    return Hidden.BY_HER if line.staff_id == who.id else Hidden.BY_ANOTHER


def _role(who: Who, report: Open) -> Role:
    needs = (Permission.REVIEW_OUTSIDE, NEEDED.get(report.kind, Permission.READ_REPORTS), Permission.READ_REPORTS)
    found = (role_for(who.roles, need) for need in needs)
    return next(role for role in found if role is not None)
