"""The log: uvicorn's lines, each with the id of the request that it is about."""

import logging
from copy import deepcopy
from typing import Any

from uvicorn.config import LOGGING_CONFIG

from app.serving import REQUEST_ID


class WithRequestId(logging.Filter):
    """Gives each line `request_id`; `-` is of no request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = REQUEST_ID.get()
        return True


def configuration() -> dict[str, Any]:
    """What `logging.config.dictConfig` takes."""
    config: dict[str, Any] = deepcopy(LOGGING_CONFIG)
    config["filters"] = {"request_id": {"()": WithRequestId}}
    for handler in config["handlers"].values():
        handler["filters"] = ["request_id"]
    for formatter in config["formatters"].values():
        formatter["fmt"] = formatter["fmt"].replace("%(levelprefix)s", "%(levelprefix)s %(request_id)s")
    return config
