"""The one door for configuration: the environment and `.env`, read once into a frozen dataclass."""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "KINDHAND_"
HUBSPOT = "https://api.hubapi.com"
CRMS = ("embedded", "shop", "tryton", "hubspot", "http")
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TARGET = r"[A-Za-z0-9_-]{1,40}=[a-z][a-z0-9+.-]*://"


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("must be a whole number from 1 to 65535")
    return int(text)


def _flag(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False}
    if text.strip().lower() not in known:
        raise ValueError("must be true or false")
    return known[text.strip().lower()]


def _level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("must be one of DEBUG, INFO, WARNING, ERROR")
    return text.upper()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())


def _sites(text: str) -> tuple[str, ...]:
    sites = _list(text)
    for site in sites:
        # They stand in a header that browsers read, so nothing else may.
        if not re.fullmatch(r"https?://[a-z0-9.\[\]:-]+", site):
            raise ValueError("must be addresses like https://www.yourshop.example, without a path, by comma")
    return sites


def _crm(text: str) -> str:
    if text.lower() not in CRMS:
        raise ValueError(f"must be one of {', '.join(CRMS)}")
    return text.lower()


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def _webhook_secret(text: str) -> str:
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if not (text.startswith("whsec_") and 24 <= len(key) <= 64):
        raise ValueError("must be whsec_ and then 24 to 64 bytes in base64")
    return text


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+/?", text):
        raise ValueError("must be an address like https://chat.yourshop.example")
    return text.rstrip("/")


def _mail(text: str) -> str:
    if not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", text):
        raise ValueError("must be an address like hello@yourshop.example")
    return text


def _tls(text: str) -> str:
    if text.lower() not in SMTP_PORTS:
        raise ValueError(f"must be one of {', '.join(SMTP_PORTS)}")
    return text.lower()


def _targets(text: str) -> tuple[str, ...]:
    """Read `name=address name=address`; an address may hold commas itself."""
    found = tuple(re.split(rf"[\s,]+(?={_TARGET})", text.strip()))
    names = [target.partition("=")[0] for target in found]
    if not all(re.fullmatch(rf"{_TARGET}\S+", target) for target in found) or len({*names}) < len(names):
        raise ValueError("must be name=address, each with a name of its own")
    return found


def _setting(default: Any, read: Callable[[str], Any], help: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read, "help": help, "secret": secret}, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """All settings. Each can be given as `KINDHAND_<NAME>` in the environment or in `.env`."""

    host: str = _setting("127.0.0.1", str, "Address the desk listens on; the only public door.")
    port: int = _setting(8030, _port, "Port of the desk: widget, console, API.")
    brain_port: int = _setting(5005, _port, "Port of Rasa, on loopback only.")
    actions_port: int = _setting(5055, _port, "Port of the action server, on loopback only.")
    files: Path = _setting(ROOT, Path, "Folder with your data/, domain.yml and config.yml.")
    live: str = _setting("", str, "Folder with the published copy of them; set by Kindhand itself.")
    var: Path = _setting(ROOT / "var", Path, "Folder for databases, logs and generated secrets.")
    models: Path = _setting(ROOT / "models", Path, "Folder for trained Rasa models.")
    database_url: str = _setting("", str, "The desk's database; empty: SQLite in the var folder.")
    tracker_url: str = _setting("", str, "Rasa's tracker store; empty: SQLite in the var folder.")
    crm: str = _setting("embedded", _crm, f"Where customer records are kept: {', '.join(CRMS)}.")
    crm_url: str = _setting("", str, "Address of the customer records; embedded, empty: SQLite in var.")
    crm_user: str = _setting("", str, "Who we are to the customer records, if they ask for a name.")
    crm_secret: str = _setting(
        "", str, "Password, token or signing secret for the customer records.", secret=True
    )
    secret: str = _setting(
        "", _secret, "Signs inner calls, seals second factors; empty: made at first start.", secret=True
    )
    identity_secret: str = _setting(
        "", _secret, "Shared with the shop, signs visitors' identities.", secret=True
    )
    public_url: str = _setting("", _web, "Address of the desk in messages; empty: as this machine finds it.")
    smtp_host: str = _setting("", str, "Mail server that sends our e-mail; empty: there is no e-mail.")
    smtp_port: int = _setting(0, _port, "Its port; empty: 587, with tls 465, with none 25.")
    smtp_user: str = _setting("", str, "Who we are to the mail server, if it asks.")
    smtp_password: str = _setting("", str, "Password for the mail server.", secret=True)
    smtp_tls: str = _setting("starttls", _tls, f"Encryption to the mail server: {', '.join(SMTP_PORTS)}.")
    smtp_sender: str = _setting("", _mail, "Address that our e-mail comes from; empty: that of the business.")
    chat: tuple[str, ...] = _setting(
        (), _targets, "Chat tools and push, by name: team=slack://... me=ntfys://... (Apprise).", secret=True
    )
    webhooks: tuple[str, ...] = _setting(
        (), _targets, "Who is told by webhook, by name: shop=https://...", secret=True
    )
    webhook_secret: str = _setting(
        "", _webhook_secret, "Signs webhooks; empty: made when first needed.", secret=True
    )
    allowed_origins: tuple[str, ...] = _setting((), _sites, "Sites that may embed the widget, by comma.")
    demo: bool = _setting(True, _flag, "Seed the demo business and serve its shop page.")
    log_level: str = _setting("INFO", _level, "DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> "Settings":
        """Read the environment over `.env`.

        Raises:
            SettingsError: a value cannot be used, or a KINDHAND_ key is unknown.
        """
        if environ is None:
            environ, env_file = os.environ, env_file or ROOT / ".env"
        stored = dotenv_values(env_file) if env_file and env_file.exists() else {}
        given = {k: v for k, v in {**stored, **environ}.items() if k.startswith(PREFIX) and v}
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        for key in given.keys() - known.keys():
            raise SettingsError(key, "is not a setting", f"Known are: {', '.join(sorted(known))}.")
        values: dict[str, Any] = {}
        for key, text in given.items():
            try:
                values[known[key].name] = known[key].metadata["read"](text)
            except ValueError as problem:
                kept_quiet = known[key].metadata["secret"]
                now = "Its value is not shown here." if kept_quiet else f"It is {text!r} now."
                raise SettingsError(key, str(problem), now) from None
        return cls(**values)._completed()

    def _completed(self) -> "Settings":
        """Fill in what depends on other settings."""
        crm_urls = {"embedded": f"sqlite:///{self.var.resolve() / 'crm.db'}", "hubspot": HUBSPOT}
        derived = {
            "database_url": f"sqlite:///{self.var.resolve() / 'desk.db'}",
            "tracker_url": f"sqlite:///{self.var.resolve() / 'rasa.db'}",
            "crm_url": crm_urls.get(self.crm, ""),
            "smtp_port": SMTP_PORTS[self.smtp_tls],
        }
        for name, value in derived.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)
        if not self.crm_url:
            raise SettingsError(
                "KINDHAND_CRM_URL", "is empty", f"Customer records of kind {self.crm} need their address."
            )
        if self.smtp_password and self.smtp_tls == "none" and self.smtp_host not in LOOPBACK:
            raise SettingsError(
                "KINDHAND_SMTP_TLS",
                "is none, so that anybody on the way could read the password",
                "Use starttls.",
            )
        for name in ("secret", "identity_secret"):
            if not getattr(self, name):
                object.__setattr__(self, name, kept_secret(self.var / name))
        if self.webhooks and not self.webhook_secret:
            object.__setattr__(
                self, "webhook_secret", kept_secret(self.var / "webhook_secret", _new_webhook_secret)
            )
        return self

    def environment(self) -> dict[str, str]:
        """Return all settings as environment variables, for the processes that we start."""
        return {PREFIX + f.name.upper(): _as_text(getattr(self, f.name)) for f in fields(self)}

    @property
    def served(self) -> Path:
        """The folder whose `data/` and `domain.yml` this process works with."""
        return Path(self.live) if self.live else self.files

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the desk."""
        return f"http://{'localhost' if self.host in ('127.0.0.1', '0.0.0.0') else self.host}:{self.port}"

    @property
    def console_url(self) -> str:
        """Where people open the console."""
        return f"{self.public_url or self.address}/console"

    @property
    def chat_url(self) -> str:
        """Where somebody goes on with a conversation on another device."""
        return f"{self.public_url or self.address}/chat"

    @property
    def brain_url(self) -> str:
        return f"http://127.0.0.1:{self.brain_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def desk_url(self) -> str:
        """Where our own processes find the desk."""
        return f"http://127.0.0.1:{self.port}"


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """Return the secret kept at `path`, making it (readable by the owner only) if there is none."""
    try:
        if not path.exists():
            _make_secret(path, make)
        secret = path.read_text().strip()
    except OSError as problem:
        folder, reason = path.parent, problem.strerror or type(problem).__name__
        raise SettingsError(
            "KINDHAND_VAR", f"cannot be used: {reason}", f"Choose a folder to write in; it is {folder} now."
        ) from None
    if not secret:
        raise SettingsError(str(path), "is empty, so anybody could guess it", "Delete it and start again.")
    return secret


def _new_webhook_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _make_secret(path: Path, make: Callable[[], str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # what customers say is kept beside it
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(make())
    except FileExistsError:
        if not path.is_file():
            raise  # else another of our processes was faster; its secret counts


def described() -> list[tuple[str, str, str]]:
    """List every setting as (key, default, help), for `--help` and the docs."""
    return [(PREFIX + f.name.upper(), _shown(f.default), f.metadata["help"]) for f in fields(Settings)]


def _shown(default: Any) -> str:
    if isinstance(default, Path):
        return "where ./kindhand is" if default == ROOT else str(default.relative_to(ROOT))
    return _as_text(default) if default or default is False else ""
