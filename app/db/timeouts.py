"""How long a request may read and wait, in seconds."""

QUERY_TIMEOUT_SECONDS = 10
"""How long a request may read: a longer search delays others, and its client has usually gone."""

EVENT_LOOP_TIMEOUT_SECONDS = 0.25
"""How long a query may block the event loop; after that, a thread reads instead."""

MAX_WAIT_SECONDS = 5
"""How long a request waits for a thread: later, its client has often gone, and all requests behind it are late."""
