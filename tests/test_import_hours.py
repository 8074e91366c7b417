"""Promise: opening hours are read as they were meant or not at all: a wrong "open" sends somebody out for nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.resources.hours_reading import DAY, past_midnight_split, read_span, read_text, read_weekdays


@pytest.mark.parametrize(
    ("opens", "closes", "read"),
    [
        ("9:00am", "5:00pm", (540, 1020)),
        ("9:0am", "5:00pm", (540, 1020)),
        ("830am", "5:30pm", (510, 1050)),
        ("8:00m", "5:00pm", (480, 1020)),
        ("9:00a", "5:00pm", (540, 1020)),
        ("9am", "12:30pm", (540, 750)),
        ("7:30 am ", "6:00 pm", (450, 1080)),
        ("6:30am", "6:300pm", (390, 1110)),
        ("8:00", "4:00pm", (480, 960)),
        ("6:00", "8:00pm", (1080, 1200)),
        ("9:00am", "5:00", (540, 1020)),
        ("9:00", "5:00", (540, 1020)),
        ("09:00", "17:00", (540, 1020)),
        ("10:00", "14:00", (600, 840)),
        ("09:00:00", "17:30:00", (540, 1050)),
        ("8:00am", "Noon", (480, 720)),
        ("12:00am", "12:00am", (0, DAY)),
        ("00:00", "24:00", (0, DAY)),
        ("4:00pm", "12:00am", (960, DAY)),
        ("7:00pm", "7:00am", (1140, DAY + 420)),
        ("21:00", "05:00", (1260, DAY + 300)),
    ],
)
def test_times_as_people_type_them(opens: str, closes: str, read: tuple[int, int]) -> None:
    span = read_span(opens, closes)
    assert span is not None and span[:2] == read


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("", "5:00pm"),
        ("9:00am", ""),
        ("9:00pm", "7:00pm"),  # twenty-two hours: a slip of am and pm
        ("10:00pm", "6:00pm"),
        ("12:00am", "8:00pm"),
        ("soon", "later"),
        ("25:00", "26:00"),
        ("9:60am", "5:00pm"),
        ("last bell", "6:00pm"),
        ("12:00pm (pickup)", "1:00pm"),
    ],
)
def test_what_is_not_certain_is_not_read(opens: str, closes: str) -> None:
    assert read_span(opens, closes) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday", (0,)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Tues, Thur", (1, 3)),
        ("Fri-Mon", (0, 4, 5, 6)),
        ("Mon, Wed-Sun", (0, 2, 3, 4, 5, 6)),
        ("Mon-Thru", (0, 1, 2, 3)),
        ("Sat, Sun, and Holidays", (5, 6)),
        ("Daily", tuple(range(7))),
        ("miércoles", (2,)),
        ("1", (0,)),
        ("7", (6,)),
        ("every 3rd Saturday", ()),
        ("Monday or so", ()),
    ],
)
def test_days_as_people_type_them(text: str, days: tuple[int, ...]) -> None:
    assert read_weekdays(text) == days


def test_two_spans_of_one_day_and_days_that_come_last() -> None:
    both = read_text("9:00am-12:00pm; 1:00pm-4:00pm, Mon-Fri")
    assert both is not None and both == read_text("9:00am-12:00pm & 1:00pm-4:00pm, Mon-Fri")
    assert len(both.intervals) == 10 and not both.remarks


def test_a_whole_week_in_lines() -> None:
    read = read_text("9:00am-8:00pm, Mon-Thur;\n9:00am-5:00pm, Fri\n\nBy appointment only")
    assert read is not None and read.remarks
    assert [(i.weekday, i.opens, i.closes) for i in read.intervals] == [(d, 540, 1200) for d in range(4)] + [
        (4, 540, 1020)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Office Hours:\n9:00am-5:00pm, Mon-Fri\n\nWalk-In Hours:\n9:00am-12:00pm, Mon, Wed",
        "8:00am-5:00pm, Mon-Fri\n\nRent Assistance:\n8:00am, Mon, Wed",
        "7:00pm, Tue, Fri, Sat",
        "Last Bell - 6:00pm, Mon-Fri",
        "Summer Hours:\n8:00am-2:00pm, Mon, Tue, Thur",
        "8:00am-4:30pm, Mon, Fri;\n8:00am-4:30pm, Every 3rd Saturday of each month",
        "9:00am-5:00pm, Mon, Tue\n\nClosed daily 12:00pm-1:00pm for lunch",
        "9:00am-12:00pm, Sat (Feb 9, 16, 23)",
        "9:00pm-7:00pm, Mon-Fri",
        "Hours and days of operation vary by location.\n\nOffice:\n8:30am-4:30pm, Mon-Fri",
        "Call for hours",
        "",
    ],
)
def test_a_text_that_leaves_a_doubt_is_unknown(text: str) -> None:
    assert read_text(text) is None


times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: (t[0] * 60 + t[1], f"{t[0]:02}:{t[1]:02}"))


@given(opens=times, closes=times)
def test_two_good_times_are_read_exactly_or_not_at_all(opens: tuple[int, str], closes: tuple[int, str]) -> None:
    span = read_span(opens[1], closes[1])
    if span is not None and opens[1][0] != "1":  # 10:00 to 01:00 may be a twelve-hour clock
        begin, end, _ = span
        assert begin == opens[0] and end % DAY in (closes[0] % DAY, (closes[0] + 720) % DAY)
        assert 0 < end - begin <= DAY


@given(weekday=st.integers(0, 6), opens=st.integers(0, DAY - 1), length=st.integers(1, DAY))
def test_past_midnight_is_the_same_time_in_two_rows(weekday: int, opens: int, length: int) -> None:
    parts = past_midnight_split(weekday, opens, opens + length)
    assert sum(part.closes - part.opens for part in parts) == length
    assert all(0 <= part.opens < part.closes <= DAY and 0 <= part.weekday <= 6 for part in parts)


@given(st.text(alphabet="0123456789:apm -,;\nMonTueFriSat&/()", max_size=80))
@example("9" * 400)
@example("Mon" + " " * 400 + "x")
def test_hours_never_fail_and_never_lie_outside_the_day(text: str) -> None:
    read = read_text(text)
    for one in read.intervals if read else ():
        assert 0 <= one.opens < one.closes <= DAY and 0 <= one.weekday <= 6
    assert read is None or read.intervals
