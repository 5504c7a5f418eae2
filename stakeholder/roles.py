"""Groups of people who are asked, roles of people who look, and what each role may do."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from stakeholder.localised import LocalisedText


class Group(BaseModel):
    """A group of people who are asked: data, so that a school may add its own (its community, say)."""

    model_config = ConfigDict(frozen=True)

    key: str
    label: LocalisedText


class Role(StrEnum):
    """What someone is at a school; a person may hold several."""

    STUDENT_RESEARCHER = "student_researcher"
    MENTOR = "mentor"
    GOVERNOR = "governor"
    CHAIR = "chair"
    HEAD = "head"
    SURVEY_LEAD = "survey_lead"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SCHOOL_ADMIN = "school_admin"
    TRUST_ANALYST = "trust_analyst"
    OPERATOR = "operator"
    REPRESENTATIVE = "representative"


class Permission(StrEnum):
    """One thing a viewer may do; every route names the one it needs."""

    SEE_FIGURES = "see_figures"
    SEE_GOVERNOR_PAGE = "see_governor_page"
    EXPLORE = "explore"
    READ_COMMENTS = "read_comments"
    WRITE_SURVEYS = "write_surveys"
    PUBLISH_SURVEYS = "publish_surveys"
    OPEN_WAVES = "open_waves"
    SEE_JOBS = "see_jobs"
    SEE_STYLE = "see_style"
    MANAGE_PEOPLE = "manage_people"
    INVITE_RESEARCHERS = "invite_researchers"
    READ_AUDIT = "read_audit"
    READ_CONCERNS = "read_concerns"
    APPROVE_OPENING = "approve_opening"
    SEE_NAMED_ANSWERS = "see_named_answers"
    VERIFY_AUDIT = "verify_audit"
    KEEP_NAMES = "keep_names"
    READ_ALL_COMMENTS = "read_all_comments"
    CODE_COMMENTS = "code_comments"
    SEE_BEFORE_SHARED = "see_before_shared"
    SHARE_RESULTS = "share_results"
    MAKE_KEYS = "make_keys"
    PROTECT_DATA = "protect_data"
    TAKE_PART = "take_part"
    RUN_ENQUIRIES = "run_enquiries"
    OVERSEE_ENQUIRIES = "oversee_enquiries"


_LOOK = frozenset({Permission.SEE_FIGURES, Permission.EXPLORE, Permission.READ_COMMENTS})
_CODE = frozenset({Permission.CODE_COMMENTS})
_ALL_COMMENTS = _CODE | {Permission.READ_ALL_COMMENTS}
_PART = frozenset({Permission.TAKE_PART})
_LEAD = (
    _LOOK
    | _ALL_COMMENTS
    | _PART
    | {
        Permission.RUN_ENQUIRIES,
        Permission.OVERSEE_ENQUIRIES,
        Permission.SEE_GOVERNOR_PAGE,
        Permission.WRITE_SURVEYS,
        Permission.PUBLISH_SURVEYS,
        Permission.OPEN_WAVES,
        Permission.SEE_JOBS,
        Permission.SEE_STYLE,
        Permission.KEEP_NAMES,
        Permission.SEE_BEFORE_SHARED,
        Permission.SHARE_RESULTS,
        Permission.SEE_NAMED_ANSWERS,
        Permission.MAKE_KEYS,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STUDENT_RESEARCHER: _LOOK | _CODE | _PART | {Permission.WRITE_SURVEYS},
    Role.MENTOR: _LOOK
    | _ALL_COMMENTS
    | _PART
    | {
        Permission.WRITE_SURVEYS,
        Permission.SEE_STYLE,
        Permission.INVITE_RESEARCHERS,
        Permission.RUN_ENQUIRIES,
    },
    Role.CHAIR: _LOOK | _PART | {Permission.SEE_GOVERNOR_PAGE, Permission.VERIFY_AUDIT},
    Role.GOVERNOR: _LOOK | _PART | {Permission.SEE_GOVERNOR_PAGE, Permission.VERIFY_AUDIT},
    Role.HEAD: _LEAD
    | {Permission.READ_AUDIT, Permission.VERIFY_AUDIT, Permission.APPROVE_OPENING, Permission.PROTECT_DATA},
    Role.SURVEY_LEAD: _LEAD | {Permission.READ_AUDIT, Permission.VERIFY_AUDIT},
    Role.SAFEGUARDING_LEAD: _LOOK
    | _ALL_COMMENTS
    | _PART
    | {
        Permission.SEE_GOVERNOR_PAGE,
        Permission.SEE_BEFORE_SHARED,
        Permission.SEE_STYLE,
        Permission.READ_AUDIT,
        Permission.VERIFY_AUDIT,
        Permission.READ_CONCERNS,
        Permission.APPROVE_OPENING,
    },
    Role.SCHOOL_ADMIN: frozenset(
        {
            Permission.SEE_STYLE,
            Permission.MANAGE_PEOPLE,
            Permission.INVITE_RESEARCHERS,
            Permission.READ_AUDIT,
            Permission.MAKE_KEYS,
            Permission.PROTECT_DATA,
        }
    ),
    Role.TRUST_ANALYST: frozenset(),
    Role.OPERATOR: frozenset({Permission.SEE_JOBS, Permission.VERIFY_AUDIT}),
    Role.REPRESENTATIVE: _PART,
}

POWERFUL = frozenset({Role.HEAD, Role.CHAIR, Role.SCHOOL_ADMIN, Role.SAFEGUARDING_LEAD, Role.OPERATOR})
"""Roles that count only after a second factor: a passkey or an authenticator app."""
