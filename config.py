"""Settings, read once from the environment into a frozen object; only `wsgi.py` imports this."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_PORT = 8000
SHORTEST_SECRET, FEWEST_LETTERS = 32, 10
OIDC = ("issuer", "client", "secret", "name", "domain")


@dataclass(frozen=True)
class Settings:
    """Everything an installation can choose.

    data_dir      folder that holds all state; two installations with two folders run side by side
    database_url  SQLAlchemy address; SQLite inside `data_dir` unless set
    demo          the example school with its persona chooser; never on unless asked for
    base_url      how people reach this server, for the links it prints; without a slash at the end
    secret_key    signs forms and sessions; made once and kept in `data_dir` unless given
    mail          the school's mail server, smtp://user:password@host:port; empty: no e-mail is sent
    mail_from     the address that mail comes from
    proxies       reverse proxies before this server, which tell whose address a request comes from; 0: none
    backups       folder for backups, best on another disk; `backups` in `data_dir` unless set
    backup_days   days after which a backup is deleted
    oidc          where people of the school have accounts: {"issuer", "client", "secret", "name", "domain"}; or nothing
    """

    data_dir: Path
    database_url: str
    demo: bool = False
    base_url: str = f"http://127.0.0.1:{DEFAULT_PORT}"
    secret_key: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    mail_from: str = ""
    proxies: int = 0
    backups: Path | None = None
    backup_days: int = 14
    oidc: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read DATABASE_URL and STAKEHOLDER_DATA, _DEMO, _BASE_URL, _SECRET, _MAIL, _MAIL_FROM, _PROXIES, _OIDC_..."""
        data_dir = Path(environment.get("STAKEHOLDER_DATA", "data")).absolute()
        return cls(
            data_dir=data_dir,
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'stakeholder.sqlite'}",
            demo=environment.get("STAKEHOLDER_DEMO") == "1",
            base_url=_base_url(environment, data_dir),
            secret_key=environment.get("STAKEHOLDER_SECRET", ""),
            mail=environment.get("STAKEHOLDER_MAIL", ""),
            mail_from=environment.get("STAKEHOLDER_MAIL_FROM", ""),
            proxies=int(environment.get("STAKEHOLDER_PROXIES", "0")),
            backups=Path(folder).absolute() if (folder := environment.get("STAKEHOLDER_BACKUPS")) else None,
            backup_days=int(environment.get("STAKEHOLDER_BACKUP_DAYS", "14")),
            oidc={each: environment.get(f"STAKEHOLDER_OIDC_{each.upper()}", "") for each in OIDC},
        )

    @property
    def has_weak_secret(self) -> bool:
        """Whether a secret was given that somebody could guess: too short, or of too few different letters."""
        given = self.secret_key
        return bool(given) and (len(given) < SHORTEST_SECRET or len(set(given)) < FEWEST_LETTERS)

    def secret(self) -> str:
        """The signing secret: the given one, or one made at first use and kept readable by its owner only."""
        return self.secret_key or _kept_secret(self.data_dir / "keys" / "secret")


def _base_url(environment: Mapping[str, str], data_dir: Path) -> str:
    """The given address, else the one the running server last wrote down, else the default."""
    if given := environment.get("STAKEHOLDER_BASE_URL"):
        return given.rstrip("/")
    noted = data_dir / "address"
    return noted.read_text().strip() if noted.is_file() else f"http://127.0.0.1:{DEFAULT_PORT}"


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
