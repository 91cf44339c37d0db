"""The search index for lists with a search query, whose dataset version is the database's."""

from app.db.errors import NO_INDEX, IndexBehind, Unavailable
from app.db.snapshots import Version
from app.search.folder import NoIndex, OpenIndex, SearchFolder


def open_index(folder: SearchFolder) -> OpenIndex:
    """The index as of its newest commit. Raises Unavailable with a message for clients."""
    try:
        return folder.open()
    except NoIndex as error:  # its message names the folder, which is for operators alone
        raise Unavailable(NO_INDEX, error.for_operators) from error


def open_index_of(folder: SearchFolder, version: Version) -> OpenIndex:
    """The index as of its newest commit, if it has a dataset version. Raises IndexBehind, and Unavailable.

    The time of the load is compared, too: an equal dataset of another database has other keys.
    """
    commit = folder.newest_commit()
    opened = open_index(folder)
    if opened.version != version:
        raise IndexBehind(commit)
    return opened
