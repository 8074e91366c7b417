"""What a person may pick by touch or say in her own words: each need in plain words, and what the index calls it.

Two kinds: what would help, and what is happening. The second names no crime and finds itself in ordinary words. Nobody
has to know the word for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from server.errors import N_
from server.resources.query_parsing import Group, Term, phrase, plain, term_of
from server.resources.spoken_words import SAID

TRAFFICKED = ("human trafficking", "trafficking", "trafficked", "modern slavery")


@dataclass(frozen=True)
class Need:
    """`seeks`: how services say it, in the words of their entries; how people say it stands in SAID."""

    id: str
    label: str
    sentence: str
    seeks: tuple[str, ...]
    happening: bool = False


NEEDS = (
    Need(
        "bed",
        N_("A place to sleep"),
        N_("Tonight, or for longer."),
        (
            "emergency shelter*",
            "shelter*",
            "transitional housing",
            "transitional living",
            "safe house*",
            "homeless shelter*",
            "temporary housing",
            "supportive housing",
            "runaway*",
        ),
    ),
    Need(
        "food",
        N_("Food"),
        N_("A meal, groceries or a food card."),
        ("food pantr*", "food bank*", "food stamp*", "food", "meals", "soup kitchen*", "groceries", "snap"),
    ),
    Need(
        "lawyer",
        N_("A lawyer"),
        N_("Free advice on your rights, or help in court."),
        ("legal services", "legal aid", "legal assistance", "legal counseling", "legal", "attorney*", "lawyer*"),
    ),
    Need(
        "papers",
        N_("Papers and permission to stay"),
        N_("A visa, asylum, a passport or other papers."),
        (
            "immigra*",
            "asylum",
            "refugee*",
            "visa*",
            "citizenship",
            "naturalization",
            "passport*",
            "birth certificate*",
            "identification card*",
        ),
    ),
    Need(
        "pay",
        N_("Pay you did not get"),
        N_("Wages kept back, or a debt they make you work off."),
        (
            "wage*",
            "unpaid wages",
            "labor law",
            "labor standards",
            "fair labor",
            "employment discrimination",
            "workers rights",
            "worker rights",
            "department of labor",
        ),
    ),
    Need(
        "doctor",
        N_("A doctor or nurse"),
        N_("Also when you have no insurance."),
        (
            "primary care",
            "medical care",
            "health clinic*",
            "community clinic*",
            "community health center*",
            "free clinic*",
            "urgent care",
            "medical*",
            "dental care",
        ),
    ),
    Need(
        "pregnancy",
        N_("Pregnancy and sexual health"),
        N_("Tests, birth control, or care before and after birth."),
        (
            "pregnan*",
            "prenatal",
            "family planning",
            "birth control",
            "hiv testing",
            "sexually transmitted*",
            "maternal*",
        ),
    ),
    Need(
        "talk",
        N_("Someone to talk to"),
        N_("When you are afraid, sad or cannot sleep."),
        (
            "counseling",
            "crisis intervention",
            "mental health",
            "psychotherap*",
            "psychological*",
            "trauma",
            "support group*",
        ),
    ),
    Need(
        "drugs",
        N_("Drugs or alcohol"),
        N_("To stop, or to use with less harm."),
        ("substance abuse", "detox*", "drug abuse", "alcohol abuse", "addiction*", "recovery", "drug treatment"),
    ),
    Need(
        "children",
        N_("Help with children"),
        N_("Care, school, or a child who is being hurt."),
        ("child care", "child abuse", "foster care", "parenting", "child welfare", "family support", "child protect*"),
    ),
    Need(
        "work",
        N_("Work and learning"),
        N_("A job, training, or a language course."),
        (
            "job training",
            "job search",
            "employment",
            "vocational*",
            "adult education",
            "english as a second language",
            "ged",
        ),
    ),
    Need(
        "money",
        N_("Money and things for daily life"),
        N_("Clothes, rent, bills or a ride."),
        (
            "financial assistance",
            "emergency assistance",
            "rent payment*",
            "utility assistance",
            "clothing",
            "furniture",
            "thrift*",
        ),
    ),
    Need(
        "language",
        N_("An interpreter"),
        N_("Somebody who speaks your language with you."),
        ("interpret*", "translation*", "language line", "bilingual"),
    ),
    Need(
        "home",
        N_("Finding family or going home"),
        N_("A search for relatives, or a safe way back."),
        ("family tracing", "red cross", "travelers aid", "repatriat*", "consulate*", "reunif*"),
    ),
    Need(
        "record",
        N_("An arrest or a criminal record"),
        N_("For things you were made to do, or did to get by."),
        ("expung*", "public defender*", "record sealing", "ex-offender*", "reentry", "criminal defense"),
    ),
    Need(
        "boss",
        N_("Somebody controls my work or pay"),
        N_("They keep your papers or wages, watch you, or threaten you."),
        (*TRAFFICKED, "labor exploitation", "farmworker*", "farm worker*", "migrant worker*", "labor law", "wage*"),
        happening=True,
    ),
    Need(
        "household",
        N_("I work in a home and cannot leave"),
        N_("Cleaning, cooking or care, without free days or a door key."),
        (*TRAFFICKED, "domestic worker*", "immigrant women", "labor law", "wage*"),
        happening=True,
    ),
    Need(
        "sex",
        N_("I am made to have sex or sell it"),
        N_("By anyone: a partner, a stranger, somebody you work for."),
        (
            *TRAFFICKED,
            "sexual assault",
            "rape",
            "sexual exploitation",
            "commercial sexual*",
            "prostitut*",
            "sexual abuse",
        ),
        happening=True,
    ),
    Need(
        "crime",
        N_("I am made to break the law"),
        N_("To carry or grow drugs, to steal, or to trick people."),
        (*TRAFFICKED, "public defender*", "diversion program*", "legal aid"),
        happening=True,
    ),
    Need(
        "begging",
        N_("I am made to beg"),
        N_("Or to sell small things, and give the money away."),
        (*TRAFFICKED, "street outreach", "homeless outreach", "outreach program*", "child protect*"),
        happening=True,
    ),
    Need(
        "marriage",
        N_("I am made to marry or stay married"),
        N_("By family, for money, or for papers."),
        (*TRAFFICKED, "forced marriage", "family violence", "domestic violence", "abused women"),
        happening=True,
    ),
    Need(
        "hurt",
        N_("Somebody close hurts or threatens me"),
        N_("A partner, a parent, or somebody you live with."),
        (
            "domestic violence",
            "spouse abuse",
            "family violence",
            "domestic abuse",
            "battered women",
            "protective order*",
        ),
        happening=True,
    ),
)

BY_ID = {need.id: need for need in NEEDS}


@cache
def said_words(need: Need) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings, both as plain() writes them."""
    every = SAID[need.id].split()
    whole = frozenset(plain(word) for word in every if not word.endswith("*"))
    return whole, tuple(plain(word[:-1]) for word in every if word.endswith("*"))


@cache
def sought(need: Need) -> tuple[Term, ...]:
    return tuple(phrase(words) for words in need.seeks)


@cache
def words_of_the_index() -> frozenset[str]:
    return frozenset(plain(word) for need in NEEDS for term in sought(need) for word in term.words)


def needs_of(word: str) -> tuple[Need, ...]:
    """The needs that a typed word speaks of."""
    form = plain(word)
    forms = {form, _without_article(form)}
    return tuple(
        need for need, whole, begun in _listening() if any(form in whole or form.startswith(begun) for form in forms)
    )


@cache
def _listening() -> tuple[tuple[Need, frozenset[str], tuple[str, ...]], ...]:
    """Each need with its words: asked for every typed word, so nothing is hashed or looked up on the way."""
    return tuple((need, *said_words(need)) for need in NEEDS)


ARTICLES = ("وال", "بال", "لل", "ال")


def _without_article(word: str) -> str:
    """Arabic writes "the", and some small words with it, onto the word."""
    return next((word[len(a) :] for a in ARTICLES if word.startswith(a) and len(word) > len(a) + 2), word)


def group_of_word(word: str) -> Group:
    """A typed word, and what services call it. A word that entries use themselves is searched for as it is."""
    own = term_of(word)
    if plain(word) in words_of_the_index():
        return Group(word, (own,))
    return Group(word, (own, *dict.fromkeys(term for need in needs_of(word) for term in sought(need))))


def group_of_need(need: Need) -> Group:
    return Group(need.label, sought(need))


def groups_of(words: Sequence[str], needs: Sequence[Need]) -> tuple[Group, ...]:
    return (*(group_of_word(word) for word in words), *(group_of_need(need) for need in needs))
