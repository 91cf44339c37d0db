"""What Schemathesis must not ask; it imports this by the name in schemathesis.toml."""

from typing import Any
from urllib.parse import quote, urlencode

import schemathesis
from schemathesis import Case, HookContext

from app.http.middleware import MAX_URL_BYTES


@schemathesis.hook
def filter_case(_context: HookContext, case: Case[Any]) -> bool:
    """Whether an address is short enough to reach an operation. The 414 before all of them stands on none."""
    return len(quote(case.formatted_path)) + len(urlencode(case.query, doseq=True)) < MAX_URL_BYTES
