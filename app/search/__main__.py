"""`python -m app.search`: bring the search index to the current dataset version."""

import gc

from app.command_line import exit_on_error, print_result
from app.db.engines import reading_engine
from app.search.folder import SearchFolder
from app.search.following import bring_up_to_date
from app.settings import DatabaseSettings


def main() -> None:
    """Bring the index up to date and print a summary. A failure is one sentence on stderr and exit status 2."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)  # rows and documents make no cycles, and a sixth of the time went into looking
    with exit_on_error():
        settings = DatabaseSettings()
        print_result(str(bring_up_to_date(reading_engine(settings.database_url), SearchFolder(settings.search))))


if __name__ == "__main__":
    main()
