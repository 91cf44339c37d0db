"""The amounts of tests that are long by nature: small in `make test`, large in `make test-long`.

A test that takes an amount from here is marked `long`. `make test` runs every test, these with the small amounts, except
Schemathesis and upgrades, which have no small amount; `make test-long` sets TEST_LONG and runs only these, with the large
amounts. With CI set, `make test` leaves them to `make test-long`.
"""

import os

LONG = "TEST_LONG" in os.environ

RANDOM_LOADS = 200 if LONG else 30
"""Loads after which `/changes` must have reported every difference."""
LOADS_BETWEEN_REQUESTS = 40 if LONG else 4
"""Loads that happen while a client follows `/changes`."""

RANDOM_DATASETS = 20 if LONG else 4
"""Series of loads of any records, after which all is proved."""
RANDOM_FILTERS = 1_000 if LONG else 60
"""Lists under up to three filters."""
RANDOM_WALKS = 20 if LONG else 3
"""Walks through the pages of a list of any records."""

KILLS = {"sqlite": 50, "postgresql": 10} if LONG else {"sqlite": 2, "postgresql": 2}
"""Loaders that are killed. PostgreSQL itself rolls back the transaction of a client that is gone: fewer are needed."""
KILLS_OF_OTHERS = 20 if LONG else 3
"""Upgrades and restores that are killed."""

INDEXER_STEPS = 1 if LONG else 3
"""How many steps of an indexer there are from one at which it is killed to the next one."""

DISK_STEP = 16 if LONG else 200
"""In KiB: how much larger each full disk is than the one before it."""
SERVER_DISK_STEP = 32 if LONG else 64
"""In KiB: the same for a server's disk."""

LOADS_UNDER_READERS = 12 if LONG else 2
"""Loads while 64 clients read."""
LOADS_OF_A_PRIMARY = 30 if LONG else 4
"""Loads that two standbys replicate while they are read."""
CONFLICTS = 20 if LONG else 2
"""Reads that a standby cancels to go on with its replay."""

MIXED_REQUESTS, MIXED_MEETINGS = (15_000, 2_000) if LONG else (200, 20)
"""Mixed requests, and the meetings that they are about, after which the memory of all processes is measured."""

FALSE_FACTS = 10_000 if LONG else 20
"""How many facts of each record are made false; a record has fewer than 10,000."""

FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS") or (20 if LONG else 1))
"""How long each fuzzer generates input."""

WORST_RECORDS = None if LONG else ["everything"]
"""The worst records that are checked; None for all of them."""

WORST_INPUT = None if LONG else ["long heads and one more"]
"""The worst input of 4,096 connections; None for all kinds of it."""
CONNECTIONS = 10_000 if LONG else 2_000
"""Connections that are open at once, and then all ask."""

AXE_PAGES = None if LONG else 4
"""How many of the pages axe-core looks at; None for all of them."""

UNREACHABLE_PROXIES = ["nginx", "caddy"] if LONG else ["nginx"]
"""The proxies before a service that cannot be reached: Caddy tries for five seconds."""
STOPPED_WORKERS = ["1", "2"] if LONG else ["2"]
"""The numbers of workers that are stopped during downloads."""
REFUSING_SERVERS = None if LONG else 6
"""How many of the servers that refuse are tried; the last is silent until the service gives up."""
LOG_DESTINATIONS = None if LONG else 2
"""How many of the destinations are tried that nobody reads; None for all of them."""

READY_SECONDS = 10 if LONG else 0.5
"""How long a service stays ready while its database does not respond."""
TURN_SECONDS = 10 if LONG else 3
"""How long the event loop of a worker may stand still; the loop writes its time every second."""

LONGEST_TEXT = 5 * 2**20 if LONG else 2**20
"""In bytes: the longest text that PostgreSQL indexes; more than a `tsvector` can hold."""
