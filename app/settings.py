"""Settings, read from environment variables: `READOUT_` and the name of the field in capitals."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_WANTED = "give scheme, host and, if there is one, the path prefix, such as https://facts.example.org"


def _public_url(url: str) -> str:
    try:
        address = TypeAdapter(HttpUrl).validate_python(url)
    except ValidationError:  # it is not repeated: it may hold a password
        raise ValueError(f"it is no address of a site: {_WANTED}") from None
    if address.username or address.password or address.query or address.fragment:
        raise ValueError(f"it has a user, a password, a query or a fragment: {_WANTED}")
    return str(address).rstrip("/")


def _networks(value: object) -> object:
    if not isinstance(value, str):
        return value
    networks = []
    for part in value.split(","):
        try:
            networks += [ip_network(part.strip())] if part.strip() else []
        except ValueError as error:
            raise ValueError(f"{error}: give addresses and networks, as in 10.0.0.5,172.16.0.0/12") from None
    return tuple(networks)


Networks = tuple[IPv4Network | IPv6Network, ...]
"""IP networks; a single address is a network of one."""

Port = Annotated[int, Field(ge=0, le=65535)]

TextOrNone = Annotated[str | None, BeforeValidator(lambda text: text or None)]
"""Text; an empty one is None, since an image is built with every setting, set or not."""


class DatabaseSettings(BaseSettings):
    """The settings of the loader and the migrations."""

    model_config = SettingsConfigDict(env_prefix="READOUT_", frozen=True, extra="ignore")

    database_url: str = Field(
        default="sqlite:///var/readout.db",
        repr=False,  # it may hold a password
        description="The database, as an SQLAlchemy URL, for the loader, the migrations and the service.",
    )
    search: Path = Field(
        default=Path("var/search"), description="The folder for the search index, and for nothing else."
    )


class Settings(DatabaseSettings):
    """The settings of the service; nothing else changes its behaviour."""

    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        default="http://localhost:8000",
        description="The URL for clients, with the path prefix; every URL in a response begins with it.",
    )
    exports: Path = Field(default=Path("var/exports"), description="The folder for exports, and for nothing else.")
    cache_mib: int = Field(default=32, ge=0, description="The size of the cache for responses in MiB; 0 disables it.")
    max_connections: int = Field(
        default=4096, ge=1, description="How many connections may be open; further ones are refused."
    )
    licence: TextOrNone = Field(default=None, description="The licence of the dataset, as `/dataset` names it.")
    contact: TextOrNone = Field(
        default=None, description="A contact for questions about the dataset, as `/dataset` names it."
    )
    trusted_proxies: Annotated[Networks, NoDecode, BeforeValidator(_networks)] = Field(
        default=(),
        description="Proxies whose forwarded client addresses are trusted; they appear only in the log.",
    )
    metrics_port: Annotated[Port | None, BeforeValidator(lambda port: None if port == "" else port)] = Field(
        default=None, description="The port for Prometheus metrics, on the same host; if unset, there are none."
    )
