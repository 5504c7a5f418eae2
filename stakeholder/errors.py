"""What services raise; one handler in the web shell turns them into pages."""


class StakeholderError(Exception):
    """A refusal with a message written for the person who reads it."""


class NotFound(StakeholderError):
    """There is no such thing for this viewer: absent, or another school's."""


class NotAllowed(StakeholderError):
    """The viewer may know the thing exists but may not do this to it."""


class Conflict(StakeholderError):
    """The request does not fit what is already stored."""


class Invalid(StakeholderError):
    """The input is wrong; the message says where and what would be right."""
