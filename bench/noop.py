"""The smallest Flask application, as the ceiling of what this machine and server can do."""

from flask import Flask


def create_app() -> Flask:
    """One route that answers with two letters."""
    app = Flask(__name__)
    app.add_url_rule("/", "nothing", lambda: "ok")
    return app
