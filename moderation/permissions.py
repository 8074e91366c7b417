"""Who may what: the one table. An address asks for a permission, the table says which roles hold it."""

from __future__ import annotations

from collections.abc import Collection

from moderation.terms import Entry, Permission, Role

TABLE: dict[Role, frozenset[Permission]] = {
    Role.DIRECTORY_EDITOR: frozenset(
        {Permission.READ_SERVICES, Permission.CHANGE_SERVICES, Permission.READ_REPORTS, Permission.REVIEW_WRONG}
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.READ_SERVICES,
            Permission.CHANGE_SERVICES,
            Permission.MARK_OURS,
            Permission.READ_REPORTS,
            Permission.REVIEW_WRONG,
            Permission.REVIEW_HARM,
        }
    ),
    Role.MODERATOR: frozenset({Permission.READ_REPORTS, Permission.REVIEW_HARM}),
    Role.SAFEGUARDING_LEAD: frozenset({Permission.READ_REPORTS, Permission.REVIEW_HARM}),
    Role.APPEALS_REVIEWER: frozenset(),
    Role.AUDITOR: frozenset({Permission.READ_SERVICES, Permission.READ_LOG}),
    Role.OPERATOR: frozenset(
        {Permission.READ_LOG, Permission.READ_STAFF, Permission.CHANGE_STAFF, Permission.MARK_OURS}
    ),
    Role.OUTSIDE_REVIEWER: frozenset({Permission.READ_REPORTS, Permission.REVIEW_OUTSIDE}),
}

Need = Entry | Permission


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """In the order of the table."""
    return tuple(role for role, held in TABLE.items() if permission in held)


def may(roles: Collection[Role], need: Need) -> bool:
    """Whether somebody signed in with these roles comes through."""
    return isinstance(need, Entry) or any(need in TABLE[role] for role in roles)


def role_for(roles: Collection[Role], permission: Permission) -> Role | None:
    """The role in which somebody acts: the first in the table that she holds and that may."""
    return next((role for role in roles_with(permission) if role in roles), None)


def who_may(need: Need) -> tuple[str, ...]:
    """As the route table says it: "anyone", "staff" or "staff:ROLE"."""
    if isinstance(need, Entry):
        return (need.value,)
    return tuple(f"staff:{role.value}" for role in roles_with(need))


def role_named(text: str) -> Role | None:
    """ "Directory editor", directory-editor and directory_editor are one role."""
    said = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    return next((role for role in Role if role.value == said), None)
