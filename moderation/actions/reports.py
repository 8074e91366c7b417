"""What reviewers do with what readers told of a service. The log says that it was done, never what was told.

A report of harm withdraws nothing by itself. "Hide until settled" is one press: hidden first, written down then.
"""

from __future__ import annotations

from datetime import datetime

from moderation import store
from moderation.actions.keeping_log import record
from moderation.permissions import may, role_for
from moderation.terms import Act, Deed, Permission, Role, Who
from server.errors import BadInput, NotAllowed, NotFound
from server.resources import report_review, review
from server.resources.report_review import Open, Reviewer, Said, Whole
from server.resources.terms import ReportKind
from server.web import N_

KIND, SERVICE = "report", "service"
MAY_NOT = N_("Your role may not look at reports.")
CHOOSE = N_("Please choose what you think of it.")
NEEDED = {ReportKind.WRONG: Permission.REVIEW_WRONG, ReportKind.HARM: Permission.REVIEW_HARM}
LATEST = 50


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
    service = whole.report.service_id
    if done and said == Said.HOLDS_NOT and await is_held(service):
        await _show(who, _role(who, whole.report), service, now)
    return done


async def hide_service(who: Who, report_id: str, now: datetime) -> None:
    """Gone from every list until it is settled. Raises NotFound, or Stale."""
    report = (await read_report(who, report_id)).report
    if report.kind is not ReportKind.HARM:
        raise NotFound(report_review.ABSENT)
    whole = await review.whole_service(report.service_id, now.date())
    if whole.retired_on is None:
        await review.retire(whole.id, whole.version, now.date())
        await record(who, _role(who, report), Deed(Act.SERVICE_HIDDEN, SERVICE, whole.id), now)


async def show_service(who: Who, report_id: str, now: datetime) -> None:
    """Only what was hidden for a report, not what an editor retired. Raises NotFound or Stale."""
    report = (await read_report(who, report_id)).report
    if report.kind is ReportKind.HARM and await is_hidden(report.service_id):
        await _show(who, _role(who, report), report.service_id, now)


async def _show(who: Who, role: Role, service_id: str, now: datetime) -> None:
    whole = await review.whole_service(service_id, now.date())
    await record(who, role, Deed(Act.SERVICE_SHOWN_AGAIN, SERVICE, service_id), now)
    await review.bring_back(service_id, whole.version, now.date())


async def is_hidden(service_id: str) -> bool:
    """Whether it is hidden for a report, and nobody did anything about that since."""
    for line in await store.lines_about(SERVICE, service_id, LATEST):
        if line.act in (Act.SERVICE_HIDDEN, Act.SERVICE_SHOWN_AGAIN, Act.SERVICE_RETIRED, Act.SERVICE_BROUGHT_BACK):
            return line.act == Act.SERVICE_HIDDEN
    return False


async def is_held(service_id: str) -> bool:
    """Hidden for a report, and no other report of harm waits."""
    return await is_hidden(service_id) and not await report_review.waits_for_harm(service_id)


def _role(who: Who, report: Open) -> Role:
    needs = (Permission.REVIEW_OUTSIDE, NEEDED.get(report.kind, Permission.READ_REPORTS), Permission.READ_REPORTS)
    found = (role_for(who.roles, need) for need in needs)
    return next(role for role in found if role is not None)
