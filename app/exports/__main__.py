"""`python -m app.exports`: make the exports of the dataset as it is now, if they are not there."""

from contextlib import closing
from functools import partial

from app.command_line import exit_on_error
from app.db.errors import Unavailable
from app.db.read_pool import ReadPool, read_pool
from app.db.request_context import RequestContext
from app.exports.publishing import alone, folder_of, made, publish, remove_all_but
from app.exports.writer import write
from app.settings import Settings


def main() -> None:
    """Make them and say so; what keeps them from being made is one sentence and exit status 2."""
    with exit_on_error():
        settings = Settings()
        with closing(read_pool(settings)) as pool:
            pool.disable_timeouts()
            print(export(pool))


def export(read_pool: ReadPool) -> str:
    """Make the exports of the dataset as it is now, and remove all older ones; what was done, in a sentence.

    Whatever happens, there are the old ones or the new ones, whole. Raises Unavailable.
    """
    exports = read_pool.settings.exports
    try:
        with alone(exports):
            return _export(read_pool)
    except OSError as error:
        reason = error.strerror or error
        advice = "those that were there still are. Make room, or set READOUT_EXPORTS to a folder that can be written"
        raise Unavailable(f"The exports cannot be written to {exports}: {reason}; {advice}.") from error


def _export(read_pool: ReadPool) -> str:
    with read_pool.snapshot() as (connection, version):
        folder = folder_of(read_pool.settings, version)
        if made(folder):
            told = f"The exports of dataset version {version} are in {folder} already: nothing to do."
        else:
            context = RequestContext(connection, read_pool.dialect, version, read_pool.settings, path="", parameters=())
            files = publish(folder, partial(write, context))
            size = sum(file.size for file in files)
            told = f"Exported dataset version {version}: {len(files)} files, {size:,} bytes, in {folder}."
    remove_all_but(folder)
    return told


if __name__ == "__main__":
    main()
