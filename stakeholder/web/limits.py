"""How often something may be tried: counted by account or by address, in this process's memory.

A whole school sits behind one address, so limits by address are wide, and nothing locks respondents out.
"""

from flask import Flask, Response, after_this_request, request
from flask.typing import AfterRequestCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_INS_PER_ACCOUNT = "5 per minute; 20 per hour"  # so many letters one mailbox gets, whoever asks for them
WRONG_CODES_PER_ADDRESS = "20 per minute"  # of the set-up code, before anybody else is here
WRONG_CARDS_PER_ADDRESS = "120 per minute"  # a club mistypes behind one address; guessing a card of 49 bits takes ages
WRONG_SLIPS_PER_ADDRESS = "300 per minute"  # several classes mistype behind one address; guessing one takes 250 million


class Limits(Limiter):
    """Limits stand on views alone: a request to a view without one is not looked at, before or after.

    settle  what must be done after a view with a limit, such as counting a try that was wrong
    """

    settle: AfterRequestCallable[Response]

    def init_app(self, app: Flask) -> None:
        """Let the application's views have limits; what the parent hooks into every request is taken off again."""
        super().init_app(app)
        app.before_request_funcs[None].remove(self._check_request_limit)
        self.settle = app.after_request_funcs[None].pop()
        app.teardown_request_funcs[None].pop()

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            after_this_request(self.settle)
            super()._check_request_limit(callable_name, in_middleware)


limiter = Limits(get_remote_address, storage_uri="memory://", enabled=True, headers_enabled=False)


def limit_tries(app: Flask) -> None:
    """Let views limit tries."""
    limiter.init_app(app)


def link_named() -> str:
    """The link that is over, whose mailbox would get the new one; never an address that a whole school shares."""
    return str((request.view_args or {}).get("token", ""))[:254]


def account_named() -> str:
    """The account a sign-in form names, however it is written; never an address of a device."""
    return request.form.get("email", "").strip().lower()[:254] or "nobody"
