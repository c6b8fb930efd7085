"""Settings, from environment variables (HAANDBOGSBOT_...) or a file of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.contracts import UserError

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
"""The bot's time zone: the secretariat's."""


class SettingsError(UserError):
    """Settings are wrong or missing; the message has a sentence for each."""


def data_folder() -> Path:
    """The folder of embedded data: inside an installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "data"


def _cache_folder() -> Path:
    """The user's folder for what may be deleted, as the XDG Base Directory Specification has it."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path(os.environ.get("HOME", ""), ".cache")) / "haandbogsbot"


class Settings(BaseSettings):
    """Every setting, its meaning and its default. The README's table is written from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="HAANDBOGSBOT_", env_file=".env", extra="ignore")

    handbook: Path = Field(
        default_factory=lambda: data_folder() / "handbook", description="Mappe med håndbogens Markdown-sider"
    )
    site_url: HttpUrl = Field(HttpUrl("https://handbook.os2.eu"), description="Adressen, hvor håndbogen er udgivet")
    repository: HttpUrl | None = Field(None, description="Håndbogens git-arkiv på nettet; ellers det fra _config.yml")
    plan: Path = Field(default_factory=lambda: data_folder() / "reminders.toml", description="Påmindelsesplanen (TOML)")
    state: Path = Field(Path("state"), description="Mappe, hvor botten gemmer sin database (SQLite)")
    cache: Path = Field(
        default_factory=_cache_folder, description="Mappe til det, der gør næste start hurtig; må slettes"
    )
    database_url: SecretStr | None = Field(None, description="PostgreSQL-adresse, når flere kopier deles om arbejdet")
    administrators: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Zulip-bruger-id'er, adskilt af komma, der må ændre, hvad der gælder for alle"
    )
    zuliprc: Path | None = Field(None, description="Zulips nøglefil; ellers ZULIP_EMAIL, ZULIP_API_KEY og ZULIP_SITE")
    guest_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Kanaler, adskilt af komma, hvor organisationens gæster må spørge"
    )
    answer_within_hours: float = Field(
        24.0, gt=0, description="Spørgsmål, der er ældre end så mange timer, besvares med en undskyldning"
    )
    settle_seconds: float = Field(
        20.0, gt=0, description="Så mange sekunder kan Zulip-serveren være om et kald, hvis svar gik tabt"
    )
    workers: int = Field(16, ge=1, le=64, description="Så mange samtaler besvares samtidig")
    leantime_url: HttpUrl | None = Field(None, description="Leantimes adresse, når to-do'er skal kunne oprettes derfra")
    leantime_key: SecretStr | None = Field(None, description="API-nøgle til Leantime")
    health_host: str = Field("127.0.0.1", description="Adressen, hvor /healthz og /metrics kan læses")
    health_port: int = Field(8080, ge=0, le=65535, description="Porten til /healthz og /metrics; 0 slår dem fra")

    @field_validator("cache", mode="before")
    @classmethod
    def _or_default(cls, value: object) -> object:
        """An empty setting is none."""
        return value or _cache_folder()

    @field_validator("administrators", "guest_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A list as people write it: separated by commas."""
        if not isinstance(value, str):
            return value
        return [part for part in (one.strip(" \t\"'") for one in value.strip("[] ").split(",")) if part]


def load(**overrides: object) -> Settings:
    """The settings from the environment, with `overrides` (from the command line) in their place.

    Raises SettingsError with one sentence for each wrong setting.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        raise SettingsError("\n".join(map(_sentence, problems))) from None


def _sentence(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0]).upper()
    limits = problem.get("ctx", {})
    expected = {
        "int_parsing": "et helt tal",
        "float_parsing": "et tal",
        "greater_than": f"større end {limits.get('gt', 0):g}",
        "greater_than_equal": f"mindst {limits.get('ge', 0):g}",
        "less_than_equal": f"højst {limits.get('le', 0):g}",
        "url_parsing": "en webadresse, der begynder med https://",
        "url_scheme": "en webadresse, der begynder med https://",
    }.get(problem["type"], "noget andet (" + problem["msg"] + ")")
    return f"Indstillingen HAANDBOGSBOT_{name} er ikke gyldig: den skal være {expected}."
