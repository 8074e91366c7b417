"""The few errors a person can cause, each with the status and the plain sentence she is shown.

AlderError
+-- BadInput      422  something typed or sent cannot be used; nothing typed is lost
+-- NotFound      404  absent, or not hers: never said which
+-- NotAllowed    403  the request did not come from our own pages, or the role may not
+-- TooLarge      413  more was sent than any of our forms can hold
+-- TooMany       429  a limiter answered; says when to try again
+-- Unavailable   503  the disk or a database does not answer; reading goes on
+-- TokenSpent    200  the sealed token is old or not hers: answered with the cover
+-- SetupError     --  the operator's own input (command line, package, keys): one line, exit code 2
"""

from __future__ import annotations


def N_(message: str) -> str:
    """Marks a sentence for the catalogues. It stands down here, so that a pure module can mark one too."""
    return message


class AlderError(Exception):
    """Base of all of them. `message` is a gettext msgid; `values` fill its placeholders."""

    status = 500

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class BadInput(AlderError):
    status = 422


class NotFound(AlderError):
    status = 404


class NotAllowed(AlderError):
    status = 403


class TooLarge(AlderError):
    status = 413


class TooMany(AlderError):
    """`retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str = "", *, retry_after: int = 60, **values: object) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


class Unavailable(TooMany):
    status = 503


class TokenSpent(AlderError):
    status = 200


class SetupError(AlderError):
    """Said to an operator on the command line, in English."""
