"""What a person may ask of a place besides words, a language and the hour: in the order in which it is offered. Pure.

Two are no facet of the service but read from its other columns: it has room, and it does not tell the police.
"""

from __future__ import annotations

from server.errors import N_
from server.resources.terms import Facet

ROOM = "room"
NO_POLICE = "no_police"

FACETS: dict[str, str] = {
    Facet.FREE.value: N_("Costs nothing"),
    Facet.NO_ID.value: N_("No papers to show"),
    Facet.UNDOCUMENTED.value: N_("Also without a permit to stay"),
    NO_POLICE: N_("Does not tell the police"),
    Facet.NO_POLICE_REPORT.value: N_("No police report needed"),
    ROOM: N_("Has not said it is full"),
    Facet.REMOTE.value: N_("By phone or online"),
    Facet.NATIONAL.value: N_("For the whole country"),
    Facet.INTERPRETERS.value: N_("Has interpreters"),
    Facet.WOMEN.value: N_("For women"),
    Facet.MEN.value: N_("For men"),
    Facet.EVERYONE.value: N_("For everyone"),
    Facet.TRANS.value: N_("Trans people are welcome"),
    Facet.MINORS.value: N_("For people under 18"),
    Facet.FAMILIES.value: N_("With children"),
    Facet.PETS.value: N_("With a pet"),
    Facet.WHEELCHAIR.value: N_("With a wheelchair"),
    Facet.LABOUR.value: N_("Knows about forced work"),
    Facet.DOMESTIC.value: N_("Knows about forced work in homes"),
    Facet.SEXUAL.value: N_("Knows about forced sex"),
    Facet.CRIME.value: N_("Knows about forced crime"),
    Facet.MARRIAGE.value: N_("Knows about forced marriage"),
    Facet.BEGGING.value: N_("Knows about forced begging"),
}
