"""Refused requests and connections: counted for the metrics, and logged at intervals."""

from collections import Counter
from enum import StrEnum
from time import monotonic

import structlog

LOG_INTERVAL_SECONDS = 10
"""How often each reason is logged; a line for each refusal would flood the log."""


class Reason(StrEnum):
    """Why a request or a connection was refused."""

    too_many_connections = "too_many_connections"
    head_too_slow = "head_too_slow"
    head_too_long = "head_too_long"
    body_too_long = "body_too_long"
    malformed = "malformed"
    too_many_pipelined = "too_many_pipelined"
    too_much_input = "too_much_input"
    answer_not_taken = "answer_not_taken"
    too_many_waited = "too_many_waited"
    waited_too_long = "waited_too_long"
    read_too_long = "read_too_long"
    database_too_many_connections = "database_too_many_connections"
    database_permission = "database_permission"
    database_time_out = "database_time_out"
    database_lost = "database_lost"
    database_restarting = "database_restarting"
    database_unusable = "database_unusable"
    search_behind = "search_behind"


REFUSALS: Counter[Reason] = Counter()
"""How many refusals this process has counted, by reason."""

_logged: dict[Reason, tuple[float, int]] = {}
"""When each reason was logged last, and its count then."""

_log = structlog.get_logger()


def count_refusal(reason: Reason) -> None:
    """Count a refusal, and log its reason unless that was logged a moment ago."""
    REFUSALS[reason] += 1
    logged_at, logged_count = _logged.get(reason, (-LOG_INTERVAL_SECONDS, 0))
    if (now := monotonic()) - logged_at >= LOG_INTERVAL_SECONDS:
        _log.warning("refused", reason=reason, times=REFUSALS[reason] - logged_count)
        _logged[reason] = now, REFUSALS[reason]
