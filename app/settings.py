"""Every setting, from the environment: `READOUT_` and the field's name in capitals."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, TypeAdapter
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _public_url(url: str) -> str:
    address = TypeAdapter(HttpUrl).validate_python(url)
    if address.query or address.fragment:
        raise ValueError("has a query or a fragment: give scheme, host and, where there is one, the path prefix")
    return str(address).rstrip("/")


def _networks(given: object) -> object:
    if not isinstance(given, str):
        return given
    networks = []
    for part in given.split(","):
        try:
            networks += [ip_network(part.strip())] if part.strip() else []
        except ValueError as error:
            raise ValueError(f"{error}: give addresses and networks, as in 10.0.0.5,172.16.0.0/12") from None
    return tuple(networks)


Networks = tuple[IPv4Network | IPv6Network, ...]
"""Networks of addresses; a single address is one too."""

Port = Annotated[int, Field(ge=0, le=65535)]

TextOrNone = Annotated[str | None, BeforeValidator(lambda text: text or None)]
"""Text, or none where it is empty: an image is built with all settings, given or not."""


class DatabaseSettings(BaseSettings):
    """What the loader and the migrations need."""

    model_config = SettingsConfigDict(env_prefix="READOUT_", frozen=True, extra="ignore")

    database_url: str = Field(
        default="sqlite:///var/readout.db",
        description="The database, as an SQLAlchemy URL; loader, migrations and service all take it from here.",
    )


class Settings(DatabaseSettings):
    """What a deployment may set; nothing else changes how the service behaves."""

    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        default="http://localhost:8000",
        description="Where clients reach the service, path prefix included; every URL in an answer is made from it.",
    )
    exports: Path = Field(
        default=Path("var/exports"), description="The folder that exports are made in and served from; only for them."
    )
    cache_mib: int = Field(default=64, ge=0, description="How much memory answers are kept in, in MiB; 0 keeps none.")
    max_connections: int = Field(
        default=16_384, ge=1, description="How many connections may be open; a further one is refused."
    )
    licence: TextOrNone = Field(
        default=None, description="The licence under which the dataset is offered, as `/dataset` names it."
    )
    contact: TextOrNone = Field(default=None, description="Whom to ask about the dataset, as `/dataset` names them.")
    trusted_proxies: Annotated[Networks, NoDecode, BeforeValidator(_networks)] = Field(
        default=(),
        description="Proxies that are believed when they tell a client's address, which only the log has.",
    )
    metrics_port: Annotated[Port | None, BeforeValidator(lambda port: None if port == "" else port)] = Field(
        default=None, description="The port to tell Prometheus the metrics on, at the same address; none: they are not."
    )
