"""Types of the values in responses, with their JSON Schemas for the OpenAPI document.

They validate nothing, since the loader has proved the data; `app/api/shared/list_params.py` validates parameters.
"""

from typing import Annotated

from pydantic import WithJsonSchema

from app.dates import PARTIAL_DATE

SLUGS = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
COUNTRY = r"^[A-Z]{3}$"
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
WIKIDATA = r"^Q[1-9][0-9]*$"
VERSION = r"[1-9][0-9]{0,9}-[0-9a-f]{8}"
VERSION_OR_0 = f"^(0|{VERSION})$"
FORMS = {
    SLUGS: "an id: lowercase letters and digits, joined by hyphens and dots",
    COUNTRY: "a country code of three capital letters, as in SAU",
    LANGUAGE: "a language tag, as in en or en-GB",
    WIKIDATA: "a Wikidata id, as in Q159",
    VERSION_OR_0: "a dataset version as in `Readout-Dataset`, or 0",
}
"""The forms of the patterns of parameters, in words."""


def _pattern(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Id = Annotated[str, _pattern(SLUGS)]
PartialDate = Annotated[str, _pattern(f"^{PARTIAL_DATE}$")]
WholeDate = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Duration = Annotated[str, _pattern("^P[0-9.YMWDTHS]+$")]
Language = Annotated[str, _pattern(LANGUAGE)]
CountryCode = Annotated[str, _pattern(COUNTRY)]
Wikidata = Annotated[str, _pattern(WIKIDATA)]
Sha256 = Annotated[str, _pattern("^[0-9a-f]{64}$")]
VersionName = Annotated[str, _pattern(f"^{VERSION}$")]
Address = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
"""A URL of this service."""
WebAddress = Annotated[str, WithJsonSchema({"type": "string", "format": "iri"})]
"""A URL of a publisher, which may be an IRI."""
Count = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 0})]
