"""What an installation is set to: read from the environment once, frozen, secrets masked when printed."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.errors import SetupError

TRUE = {"1", "yes", "true", "on"}


@dataclass(frozen=True)
class Settings:
    """`data` holds the databases; `keys` never lies inside it, so that one stolen folder opens nothing.

    `open_directory` switches the HSDS API on. `proxy` is the address of the TLS proxy in front, the only one whose
    X-Forwarded-For is believed.
    """

    data: Path
    keys: Path
    database_url: str | None = field(default=None, repr=False)
    demo: bool = False
    show_unverified: bool = False
    open_directory: bool = False
    country: str = "US"
    timezone: str = "America/New_York"
    port: int = 8000
    staff_port: int = 8001
    proxy: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], data: Path | None = None, **chosen: object) -> Settings:
        """Explicit arguments win over ALDER_* variables, these over defaults. Raises SetupError in one sentence."""
        folder = (data or Path(environ.get("ALDER_DATA", "var/data"))).absolute()
        keys = (
            Path(environ["ALDER_KEYS"]).absolute()
            if "ALDER_KEYS" in environ
            else folder.with_name(f"{folder.name}-keys")
        )
        if keys == folder or folder in keys.parents:
            raise SetupError("ALDER_KEYS lies inside the data folder. Choose a folder outside it.")
        values: dict[str, Any] = {
            "database_url": environ.get("ALDER_DATABASE_URL") or None,
            "show_unverified": environ.get("ALDER_SHOW_UNVERIFIED", "").lower() in TRUE,
            "open_directory": environ.get("ALDER_OPEN_DIRECTORY", "").lower() in TRUE,
            "proxy": environ.get("ALDER_PROXY", ""),
            "country": environ.get("ALDER_COUNTRY", "US").upper(),
            "timezone": environ.get("ALDER_TIMEZONE", "America/New_York"),
        }
        if environ.get("ALDER_DATABASE_URL", "postgres://").split("://")[0] not in ("postgres", "postgresql"):
            raise SetupError("ALDER_DATABASE_URL has to begin with postgres://")
        values |= chosen
        if values.get("demo"):
            values["show_unverified"] = True
        if not re.fullmatch("[A-Z]{2}", str(values["country"])):
            raise SetupError("ALDER_COUNTRY is a country code of two letters, for example ES.")
        if values["timezone"] not in zoneinfo.available_timezones():
            raise SetupError("ALDER_TIMEZONE is not a known time zone, for example Europe/Madrid.")
        return cls(data=folder, keys=keys, **values)
