"""Reading what may be built to exhaust the machine: in a process of its own, with bounds."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kehoach.importing.problem import ImportProblem

T = TypeVar("T")

SECONDS = 600
BYTES = 3 * 2**30


def guarded(read: Callable[..., T], *arguments: Any, name: str, seconds: float = SECONDS) -> T:
    """`read(*arguments)`, done by a process that may take `seconds` and 3 GB. Raises ImportProblem.

    `name` is what messages call the file. Where processes cannot be forked it is done here.
    """
    if sys.platform == "win32":
        return read(*arguments)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, read, arguments, name), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise ImportProblem(
                f"đọc {name} quá {seconds:.0f} giây, đã dừng; hãy tách tệp rồi thử lại"
            )
        try:
            outcome = ours.recv()
        except EOFError:
            raise ImportProblem(f"{name} đòi quá nhiều bộ nhớ hoặc hỏng; không đọc") from None
    finally:
        if child.is_alive():
            child.join(5)
        child.kill()
        child.join()
        ours.close()
    if isinstance(outcome, ImportProblem):
        raise outcome
    result: T = outcome
    return result


def _work(pipe: Connection, read: Callable[..., T], arguments: tuple[Any, ...], name: str) -> None:
    import resource  # not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES if hard < 0 else min(BYTES, hard), hard))
    try:
        pipe.send(read(*arguments))
    except ImportProblem as problem:
        pipe.send(problem)
    except (MemoryError, RecursionError):
        pass  # the other side meets an end without an answer
    except Exception as error:  # what a library makes of a file that is broken on purpose
        pipe.send(ImportProblem(f"{name} hỏng ({type(error).__name__}); không đọc"))
    pipe.close()
