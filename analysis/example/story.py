"""The story behind the example school: who answers, what they think of what, and what changes. All of it invented.

Feelings are positions on a scale with mean 0 and a spread of about 1 between people; `answering` turns them
into answers. Some things get better, some worse, and some move so little that nobody can be sure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCHOOL = "Larkmere School"
WAVES = (("Spring 2024", 2024), ("Spring 2025", 2025), ("Spring 2026", 2026))
OPEN_WAVE = "Autumn 2026"
Feelings = Mapping[str, float]


@dataclass(frozen=True)
class Cohort:
    """One audience of the school.

    asked      people asked, by option of the first breakdown; {"": n} where there is none
    answering  share who answer, by the same option
    splits     other breakdowns: {question: {option: weight}}
    general    how much more favourable than the secondary students this audience is
    feelings   by strand, on top of `general`
    changes    by year, by strand: difference from the first wave
    groups     by (question, option), by strand; "" stands for every strand
    languages  share of other languages
    """

    audience: str
    group: str
    asked: Mapping[str, int]
    answering: Mapping[str, float]
    breakdown: str = ""
    splits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    general: float = 0.0
    feelings: Feelings = field(default_factory=dict)
    changes: Mapping[int, Feelings] = field(default_factory=dict)
    groups: Mapping[tuple[str, str], Feelings] = field(default_factory=dict)
    languages: Mapping[str, float] = field(default_factory=dict)
    unsure: Feelings = field(default_factory=dict)


BASE: Feelings = {
    "ach.progress": 0.75,
    "ach.challenge": 0.7,
    "ach.teaching": 0.7,
    "ach.feedback": 0.35,
    "ach.support": 0.55,
    "wel.safety": 0.55,
    "wel.belonging": 0.6,
    "wel.happiness": 0.35,
    "wel.trusted_adult": 0.55,
    "wel.values": 0.45,
    "fut.agency": 0.4,
    "fut.resilience": 0.5,
    "fut.creativity": 0.55,
    "fut.citizenship": 0.5,
    "fut.careers": 0.2,
    "com.communication": 0.5,
    "com.partnership": 0.3,
    "com.voice": 0.0,
    "com.contribution": 0.35,
    "com.networks": 0.3,
}
GENDER = {"girl": 0.48, "boy": 0.465, "other": 0.025, "rather_not": 0.03}
BY_GENDER: dict[tuple[str, str], Feelings] = {
    ("gender", "girl"): {"wel.happiness": -0.3, "wel.safety": -0.15, "wel.trusted_adult": 0.1, "ach.feedback": 0.1},
    ("gender", "other"): {"wel.belonging": -0.6, "wel.safety": -0.4, "": -0.1},
}

SECONDARY = Cohort(
    audience="secondary",
    group="student",
    breakdown="year",
    asked={"y7": 159, "y8": 156, "y9": 158, "y10": 154, "y11": 151},
    answering={"y7": 0.98, "y8": 0.97, "y9": 0.95, "y10": 0.96, "y11": 0.93},
    splits={"gender": GENDER},
    changes={
        2025: {
            "wel.safety": 0.12,
            "com.voice": 0.05,
            "fut.careers": 0.15,
            "ach.challenge": -0.12,
            "wel.happiness": -0.12,
        },
        2026: {
            "wel.safety": 0.5,
            "wel.values": 0.18,
            "com.voice": 0.34,
            "fut.careers": 0.6,
            "fut.agency": 0.15,
            "fut.citizenship": 0.12,
            "ach.challenge": -0.5,
            "wel.happiness": -0.3,
            "ach.feedback": -0.18,
            "wel.belonging": -0.06,
        },
    },
    groups=BY_GENDER
    | {
        ("year", "y7"): {"": 0.2},
        ("year", "y9"): {"": -0.12, "wel.belonging": -0.4, "wel.happiness": -0.25, "com.voice": -0.15},
        ("year", "y11"): {"fut.careers": 0.3, "wel.happiness": -0.25, "ach.support": 0.1},
    },
    languages={"pl": 0.02, "ur": 0.02, "cy": 0.003},
)
PRIMARY = Cohort(
    audience="primary",
    group="student",
    breakdown="year",
    general=0.45,
    asked={"y3": 30, "y4": 31, "y5": 29, "y6": 32},
    answering={"y3": 0.97, "y4": 0.97, "y5": 0.96, "y6": 0.97},
    splits={"gender": GENDER},
    changes={2025: {"wel.values": -0.1}, 2026: {"wel.values": -0.15, "com.voice": 0.2, "fut.creativity": 0.1}},
    groups=BY_GENDER | {("year", "y6"): {"wel.belonging": 0.2, "ach.challenge": -0.15}},
    languages={"pl": 0.03, "ur": 0.03},
    unsure={"com.networks": 0.12},
)
YOUNGEST = Cohort(
    audience="primary_ks1",
    group="student",
    asked={"": 61},
    answering={"": 0.93},
    general=0.75,
    languages={"ur": 0.03, "pl": 0.02},
)
STAFF = Cohort(
    audience="staff",
    group="staff",
    breakdown="role",
    general=0.3,
    asked={"teaching": 62, "support": 38},
    answering={"teaching": 0.93, "support": 0.86},
    feelings={
        "wel.happiness": -0.55,
        "ach.feedback": 0.45,
        "ach.challenge": 0.2,
        "com.voice": 0.15,
        "com.networks": 0.2,
    },
    changes={
        2025: {"wel.happiness": -0.1, "com.voice": 0.05},
        2026: {"wel.happiness": 0.42, "com.voice": 0.15, "wel.safety": -0.1, "wel.values": -0.12},
    },
    groups={("role", "support"): {"com.voice": -0.4, "wel.belonging": -0.15}},
    unsure={"com.networks": 0.06},
)
PARENTS = Cohort(
    audience="parent",
    group="parent",
    breakdown="phase",
    general=0.2,
    asked={"y7_8": 268, "y9_11": 372, "primary": 110},
    answering={"y7_8": 0.44, "y9_11": 0.33, "primary": 0.52},
    splits={"send": {"yes": 0.17, "no": 0.8, "rather_not": 0.03}},
    feelings={"com.communication": -0.1, "com.partnership": 0.1, "wel.safety": 0.1},
    changes={
        2025: {"com.communication": -0.14, "fut.careers": 0.1},
        2026: {"com.communication": -0.42, "com.voice": 0.08, "wel.safety": 0.2, "fut.careers": 0.2},
    },
    groups={("send", "yes"): {"ach.support": -0.65, "com.communication": -0.2}, ("phase", "primary"): {"": 0.25}},
    languages={"pl": 0.06, "ur": 0.05, "cy": 0.01},
    unsure={"com.networks": 0.18, "fut.careers": 0.1, "fut.agency": 0.06},
)
GOVERNORS = Cohort(
    audience="governor",
    group="governor",
    asked={"": 13},
    answering={"": 0.93},
    general=0.75,
    feelings={"com.voice": -0.2, "wel.happiness": -0.2},
)
COHORTS = (SECONDARY, PRIMARY, YOUNGEST, STAFF, PARENTS, GOVERNORS)

PEOPLE = (
    ("Maya Osei", "governor"),
    ("Tomos Rees", "student_researcher"),
    ("Ann Hartley", "head"),
    ("Dev Malik", "survey_lead"),
    ("Grace Lindqvist", "safeguarding_lead"),
    ("Huw Pritchard", "mentor"),
    ("Olu Adeyemi", "school_admin"),
)


@dataclass(frozen=True)
class Promise:
    """One "You said, we did": what was heard, what was done, how far it is, and when it will be looked at again."""

    said: str
    did: str
    state: str
    wave: int
    due: str


PROMISES = (
    Promise(
        "The corridors feel rough between lessons.",
        "Staff stand at five busy points, and there is a keep-left rule.",
        "done",
        2024,
        "2025-09-30",
    ),
    Promise(
        "We hear about careers too late.",
        "Every year group from Year 7 now meets an employer each term.",
        "done",
        2024,
        "2025-07-18",
    ),
    Promise(
        "Nobody tells us what happened to our ideas.",
        "The student council posts an answer to every idea within three weeks.",
        "checking",
        2025,
        "2027-02-12",
    ),
    Promise(
        "The toilets near the hall are not fit to use.",
        "They were rebuilt over the summer. We look again in spring.",
        "checking",
        2025,
        "2027-03-19",
    ),
    Promise("The lunch queue eats up the break.", "A second till opens in January.", "planned", 2026, "2027-01-08"),
    Promise(
        "Parents wait too long for an answer.",
        "We will agree how fast we reply, and publish how often we manage it.",
        "planned",
        2026,
        "2026-12-18",
    ),
)
