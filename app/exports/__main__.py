"""`python -m app.exports`: write the exports of the current dataset version, unless they exist."""

from contextlib import closing
from functools import partial

from app.command_line import exit_on_error, print_result
from app.db.errors import Unavailable
from app.db.read_pool import ReadPool, read_pool
from app.db.request_context import RequestContext
from app.exports.publishing import export_lock, folder_of, publish, published_files, remove_all_but
from app.exports.writer import write_exports
from app.settings import Settings


def main() -> None:
    """Write the exports and print a summary. A failure is one sentence on stderr and exit status 2."""
    with exit_on_error():
        settings = Settings()
        with closing(read_pool(settings)) as pool:
            print_result(export(pool))


def export(read_pool: ReadPool) -> str:
    """Write the exports of the current dataset version, remove older ones, and return a summary in one sentence.

    Publishing is atomic: clients see complete exports, old or new. Raises Unavailable.
    """
    exports = read_pool.settings.exports
    read_pool.disable_timeouts()
    try:
        with export_lock(exports):
            return _export(read_pool)
    except OSError as error:
        reason = error.strerror or error
        advice = "those that were there still are. Make room, or set READOUT_EXPORTS to a folder that can be written"
        raise Unavailable(f"The exports cannot be written to {exports}: {reason}; {advice}.") from error


def _export(read_pool: ReadPool) -> str:
    with read_pool.snapshot() as (connection, version):
        folder = folder_of(read_pool.settings, version)
        if published_files(folder):
            summary = f"The exports of dataset version {version} are in {folder} already: nothing to do."
        else:
            context = RequestContext(read_pool.settings, "", (), connection, read_pool.dialect, version)
            files = publish(folder, partial(write_exports, context))
            size = sum(file.size for file in files)
            summary = f"Exported dataset version {version}: {len(files)} files, {size:,} bytes, in {folder}."
    remove_all_but(folder)
    return summary


if __name__ == "__main__":
    main()
