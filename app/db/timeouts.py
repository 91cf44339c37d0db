"""How long a request may read and wait, and how long a server may be silent, in seconds."""

QUERY_TIMEOUT_SECONDS = 10
"""How long a request may read, connections included: a longer read delays others, and its client has usually gone."""

STATEMENT_TIMEOUT_SECONDS = QUERY_TIMEOUT_SECONDS - 0.5
"""After what time PostgreSQL cancels a statement: before this side gives up, so that none goes on for nobody."""

CONNECT_TIMEOUT_SECONDS = 2
"""How long a server may take to accept a connection: the least that psycopg and libpq allow."""

SILENCE_SECONDS = 2
"""How long a server may take to return the dataset version before it counts as lost."""

CATCH_UP_SECONDS = 2
"""How long, after the loss of a server, another one is waited for that has its dataset version."""

INDEX_WAIT_SECONDS = 1
"""How long a list with a search query waits for the search index to have its dataset version."""

TABLE_TIMEOUT_SECONDS = 60
"""How long a table of a whole list may take, until its client has the last row."""

MAX_WAIT_SECONDS = 5
"""How long a request waits for a thread: later, its client has often gone, and all requests behind it are late."""
