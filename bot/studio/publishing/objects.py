"""An owner's files as Git keeps them: blobs, folders and commits."""

import os
import time
import zlib
from collections.abc import Mapping

from dulwich.errors import ChecksumMismatch, FileFormatException, NotGitRepository
from dulwich.objects import Blob, Commit, ShaFile, Tree
from dulwich.repo import Repo

MODE, FOLDER = 0o100644, 0o040000
# What the library raises when bytes are not what they were.
BROKEN = (
    AssertionError,
    ChecksumMismatch,
    FileFormatException,
    KeyError,
    NotGitRepository,
    ValueError,
    zlib.error,
)


def digest(content: bytes) -> str:
    """Return what a version calls the content of a file."""
    return Blob.from_string(content).id.decode()


def tree_of(files: Mapping[str, bytes]) -> str:
    """Return the `tree` that a version of these files has."""
    return trees(files)[-1].id.decode()


def trees(files: Mapping[str, bytes]) -> list[ShaFile]:
    """Return the blobs and folders of some files, the whole one last."""
    tree, found, folders = Tree(), list[ShaFile](), dict[str, dict[str, bytes]]()
    for name, content in files.items():
        first, _, rest = name.partition("/")
        if rest:
            folders.setdefault(first, {})[rest] = content
        else:
            blob = Blob.from_string(content)
            tree.add(os.fsencode(first), MODE, blob.id)
            found.append(blob)
    for name, inside in folders.items():
        found += trees(inside)
        tree.add(os.fsencode(name), FOLDER, found[-1].id)
    return [*found, tree]


def commit_of(files: Mapping[str, bytes], author: str, message: str) -> Commit:
    """Return what notes who put these files down, now."""
    commit = Commit()
    commit.tree = trees(files)[-1].id
    # Git parts the name from the address by these, and ends it with the line.
    name = " ".join(author.replace("<", " ").replace(">", " ").split()) or "Somebody"
    commit.author = commit.committer = f"{name} <>".encode(errors="replace")
    commit.author_time = commit.commit_time = int(time.time())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    commit.message = message.encode(errors="replace")
    return commit


def content(repo: Repo, id: bytes) -> bytes:
    """Read a blob.

    Raises:
        BROKEN: it is not what was written.
    """
    blob = repo[id]
    if blob.id != Blob.from_string(blob.as_raw_string()).id or blob.id != id:
        raise ValueError("not what was written")
    return bytes(blob.as_raw_string())


def put(repo: Repo, one: ShaFile) -> None:
    """Write an object down, again where what is there is damaged."""
    try:
        if one.id in repo.object_store and repo[one.id].as_raw_string() == one.as_raw_string():
            return
    except BROKEN:
        repo.object_store.delete_loose_object(one.id)
    repo.object_store.add_object(one)
