"""How values are written, as the OpenAPI document tells it.

What stands in an answer was checked by the loader, so these types check nothing; what a request gives is checked by
those of `app/api/shared/pagination.py`.
"""

from typing import Annotated

from pydantic import WithJsonSchema

from app.dates import PARTIAL_DATE

SLUGS = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
COUNTRY = r"^[A-Z]{3}$"
VERSION = r"[1-9][0-9]{0,9}-[0-9a-f]{8}"


def _written(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Id = Annotated[str, _written(SLUGS)]
PartialDate = Annotated[str, _written(f"^{PARTIAL_DATE}$")]
Duration = Annotated[str, _written("^P[0-9.YMWDTHS]+$")]
Language = Annotated[str, _written("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
CountryCode = Annotated[str, _written(COUNTRY)]
Wikidata = Annotated[str, _written("^Q[1-9][0-9]*$")]
Sha256 = Annotated[str, _written("^[0-9a-f]{64}$")]
VersionName = Annotated[str, _written(f"^{VERSION}$")]
Address = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
"""One that this service made."""
WebAddress = Annotated[str, WithJsonSchema({"type": "string", "format": "iri"})]
"""One that a publisher made."""
Count = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 0})]
