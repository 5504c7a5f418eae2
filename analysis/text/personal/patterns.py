"""Personal data that has a form of its own: addresses, numbers, accounts, dates of birth, rare roles."""

import re
from collections.abc import Iterator

Found = tuple[int, int, str]
"""Start, end (exclusive) and kind."""

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
_HANDLE = re.compile(r"(?<![\w@./])@\w[\w.]*\w|(?<![\w@])in/[\w-]{4,}")
_ACCOUNT_PAGE = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?"
    r"(?:tiktok|instagram|insta|facebook|fb|snapchat|twitter|x|youtube|linkedin|discord|twitch|reddit)\.(?:com|gg|tv)/"
    r"[\w@./-]*[\w]",
    re.IGNORECASE,
)
_ACCOUNT_NAMED = re.compile(
    r"\b(?:snap|snapchat|insta|instagram|ig|tiktok|tik tok|discord|xbox|psn|gamertag|username|user name|roblox|twitter)"
    r"(?:\s+(?:name|account|tag|user))?(?:\s+(?:is|its|it's|as)|\s*[:=-])?\s+"
    r"(?P<it>@?[A-Za-z][\w.]*[\d_.][\w.]*\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}[\s.-]?(?:\(0\)\s?)?|\(?0)\d(?:[\s().-]{0,2}\d){7,10}(?!\w)"
    r"|(?<!\w)ext(?:ension|n)?\.?\s?\d{3,5}(?!\w)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d(?!(?:nd|rd|th|st|pm|am|hr|yr)\b)[ABD-HJLNP-UW-Z]{2})(?!\w)", re.IGNORECASE
)
_UPN = re.compile(r"(?<!\w)[A-Z]\d{11}[A-Z\d](?!\w)", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY_AND_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?)"
_YEAR = r"(?:,?\s+(?:19|20)\d\d)"
_FULL_DATE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|(?:19|20)\d\d-\d\d-\d\d|{_DAY_AND_MONTH}{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:born|birth\s?day|b'?day|d\.?o\.?b|date of birth|birth date)\b", re.IGNORECASE)
_BIRTHDAY = re.compile(
    rf"\b(?:born|birth\s?day|b'?day|d\.?o\.?b\.?|date of birth)\b(?:\s+(?:is|was|on|the|its|it's))*[\s:]+"
    rf"(?P<it>{_DAY_AND_MONTH}{_YEAR}?|\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)",
    re.IGNORECASE,
)
_STREET = (
    "street|st|road|rd|lane|ln|close|avenue|ave|drive|crescent|court|gardens?|grove|terrace|place|square|way|walk|row"
    "|yard|bank|parade|mews|hill|rise|view|green|park|mount|cottages?|house|farm|lodge|forge|cross|heights|gate"
)
_CAPITAL = r"(?:[A-Z][\w'\u2019-]*\s+)"
_STREETS = "|".join(f"[{w[0].upper()}]{w[1:]}" for w in _STREET.split("|"))
_SURE_STREETS = "street|road|rd|lane|avenue|crescent|gardens|grove|terrace|mews|cottages|drive|close|court"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:Flat|Apartment|Unit|No\.?|flat)\s+)?\d{{1,4}}[A-Za-z]?,?\s+{_CAPITAL}{{1,3}}(?:{_STREETS})\b"
    rf"|(?<!\w)(?:[Ff]lat|[Aa]partment)\s+\d{{1,4}}[A-Za-z]?,?\s+{_CAPITAL}{{1,3}}(?:{_STREETS})\b"
    rf"|(?<!\w)\d{{1,4}}[A-Za-z]?\s+(?:[a-z'\u2019-]+\s+){{1,2}}(?:{_SURE_STREETS})\b"
    rf"|\b(?:The\s+)?{_CAPITAL}{{1,2}}(?:Farm|Cottage|Lodge|Forge|House|Barn)(?:,\s+(?:\d+\s+)?{_CAPITAL}{{1,2}}(?:{_STREETS}))"
    rf"(?:,\s+[A-Z][\w-]+)?"
)
_PLACE = re.compile(
    rf"\b(?:live|lives|living|moved?|stops?|home is|house is)\s+(?:at|in|to|on|near)\s+(?:the\s+)?"
    rf"(?P<it>{_CAPITAL}{{1,2}}(?:{_STREETS}))\b"
)
_SOMEBODY = (
    "girls?|boys?|pupils?|students?|teachers?|governors?|speakers?|famil(?:y|ies)|person|child|kids?|mum|mother|dad"
    "|father|parents?|specialist|technician|member|man|woman|muslim|jew|jewish|black|asian|deaf|blind|traveller"
    "|wheelchair|ta"
)
_RARE = re.compile(
    rf"\b(?:(?:the|our|my|as the)\s+)(?P<a>(?:one remaining|only|one and only)\s+(?:[\w-]+\s+){{0,3}}?(?:{_SOMEBODY})"
    r"(?:\s+(?:on|in|doing|of|with|at|from|who does|taking|studying)\s+(?:the\s+)?[\w-]+(?:\s+maths|\s+school)?)?)"
    r"|\b(?P<b>(?:deputy head|assistant head|headteacher|head teacher) with the [\w-]+ [\w-]+)"
    r"|\b(?P<c>[Hh]ead of (?!year|the|school|sixth|department|house|state|line)[A-Z][\w]+)"
    r"|\b(?P<d>(?:chair|clerk|treasurer|secretary) of (?:the )?(?:PTA|governors|trustees|parents' association))"
    r"|\b[Tt]he (?P<e>site manager|caretaker|bursar|school nurse|lollipop (?:lady|man)"
    r"|school cook|examinations officer)\b"
    r"|\b(?P<f>(?:parent|staff|foundation|link|safeguarding) governor for [\w]+)"
    r"|\b(?P<g>(?:swimming|cello|violin|piano|drum|guitar|singing|dance|tennis) (?:teacher|coach|tutor)"
    r"(?: on [A-Z]?\w+days?)?)"
    r"|\b(?P<h>(?:drummer|bassist|singer|pianist|goalkeeper|captain) (?:in|of) the [\w ]{3,24}?"
    r"(?:trio|band|team|choir|orchestra|quartet))\b"
)


def shaped(text: str) -> Iterator[Found]:
    """Personal data known by its form alone, in any order; spans may overlap."""
    if "@" in text or "/" in text:
        yield from _all(_EMAIL, text, "email")
        yield from _all(_ACCOUNT_PAGE, text, "handle")
        yield from _all(_HANDLE, text, "handle")
    yield from _all(_ACCOUNT_NAMED, text, "handle")
    if any(map(str.isdigit, text)):
        yield from _numbered(text)
    yield from _all(_PLACE, text, "address")
    yield from _all(_RARE, text, "rare_role")


def _numbered(text: str) -> Iterator[Found]:
    yield from _all(_UPN, text, "upn")
    yield from _all(_PHONE, text, "phone")
    yield from _all(_POSTCODE, text, "postcode")
    yield from _all(_ADDRESS, text, "address")
    if _BIRTH.search(text):
        yield from _all(_BIRTHDAY, text, "dob")
        yield from _all(_FULL_DATE, text, "dob")


def _all(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Found]:
    for found in pattern.finditer(text):
        group = next((name for name, value in found.groupdict().items() if value), None)
        start, end = found.span(group) if group else found.span()
        yield start, end, kind
