"""Request in, page out: what every room needs to speak HTTP, and nothing else does."""

from server.web.answer import Body, environment, go, link, page, ready, render, style
from server.web.door import Visit, door_value, new_visit, open_door_value, open_token, seal_token
from server.web.guards import Guard, OwnPagesOnly, error_page
from server.web.request import (
    address_of,
    binding_of,
    clean,
    clock,
    form_lists,
    form_of,
    language_of,
    token_of,
    utc_now,
    visit_of,
)
from server.web.words import LANGUAGES, N_, preferred, translations

__all__ = [
    "LANGUAGES",
    "N_",
    "Body",
    "Guard",
    "OwnPagesOnly",
    "Visit",
    "address_of",
    "binding_of",
    "clean",
    "clock",
    "door_value",
    "environment",
    "error_page",
    "form_lists",
    "form_of",
    "go",
    "language_of",
    "link",
    "new_visit",
    "open_door_value",
    "open_token",
    "page",
    "preferred",
    "ready",
    "render",
    "seal_token",
    "style",
    "token_of",
    "translations",
    "utc_now",
    "visit_of",
]
