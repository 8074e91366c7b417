"""What staff say of the shipped lines: right, by a call or by reading; wrong; settled. A doubt hides first."""

from __future__ import annotations

from datetime import datetime

from moderation.actions.services import Line as LogLine
from moderation.actions.services import hide_then_record, record_then_show, role_to_change
from moderation.terms import Act, Deed, Who
from server.errors import BadInput
from server.resources import line_checks
from server.resources.line_trust import LineWord, Said
from server.web import N_

KIND = "line"
CHOOSE = N_("Please choose what you found.")
CALLED = "called"
ACTS = {
    LineWord.RIGHT: Act.LINE_CHECKED,
    LineWord.WRONG: Act.LINE_DOUBTED,
    LineWord.SETTLED: Act.LINE_SETTLED,
}


async def say_of_line(who: Who, line_id: str, digest: str, word: str, now: datetime) -> None:
    """`word` is a LineWord, or "called": right, and by a test call. Raises NotFound or BadInput."""
    role = role_to_change(who)
    if word != CALLED and word not in set(LineWord):
        raise BadInput(CHOOSE)
    kind = LineWord.RIGHT if word == CALLED else LineWord(word)
    said = Said(str(who.id), kind, word == CALLED, now.date(), digest)
    line_checks.line_of(line_id)

    async def say() -> None:
        await line_checks.say(line_id, digest, said)

    deed = Deed(ACTS[kind], KIND, line_id, CALLED if said.called else "")
    act = hide_then_record if kind is LineWord.WRONG else record_then_show
    await act(LogLine(who, role, deed, now), say)
