"""A response whose body is made in parts, so that a long one is never in memory twice."""

from collections.abc import Sequence

from starlette.responses import Response


class PartsResponse(Response):
    """A response with status 200 whose body are some parts."""

    def __init__(self, parts: Sequence[bytes], media_type: str) -> None:
        super().__init__(media_type=media_type)
        self.parts = parts
