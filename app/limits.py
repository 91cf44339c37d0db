"""What is refused before any operation sees it."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.problems import Code, Problem, answer

LONGEST_ADDRESS = 8192
"""In bytes, path and query together."""


def _length(scope: Scope) -> int:
    query = scope["query_string"]
    return len(scope["raw_path"]) + (len(query) + 1 if query else 0)


class AddressLimit:
    """Answers 414 to an address that is too long, whatever it leads to."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _length(scope) > LONGEST_ADDRESS:
            refused = Problem(Code.uri_too_long, f"The address has more than {LONGEST_ADDRESS:,} bytes.")
            scope = {**scope, "raw_path": scope["raw_path"][:200]}
            await answer(Request(scope), refused)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
