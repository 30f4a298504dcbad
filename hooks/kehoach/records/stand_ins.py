"""A record of a file with wrong or missing values, so that rules see the rest in the same run.

Nothing is built from it: the findings of those values stand.
"""

import copy
from typing import Any, TypeVar

from pydantic import ValidationError

from kehoach.records.document import Document
from kehoach.records.source import MAX_FINDINGS, Keys, field_name, written_keys

D = TypeVar("D", bound=Document)

# What stands for a value that could not be read, until one fits: words or a mark that nobody writes,
# a time without a date, a kind. Where none does, the value is left out.
_STAND_INS = ("gia-tri-chua-doc-duoc", "hằng năm", "khác", "chuẩn bị")


def fill_in(model: type[D], data: Any, context: dict[str, Any], error: ValidationError) -> D | None:
    """The record of `data`, in which validating found `error`; it knows which fields it has not read.

    None where nothing can stand for what is wrong, or where there is more of it than is told.
    """
    data = copy.deepcopy(data)
    tries: dict[Keys, int] = {}
    while error.error_count() <= MAX_FINDINGS:
        for item in error.errors(include_url=False):
            keys = written_keys(data, item["loc"])
            tried = tries.get(keys, 0)
            if not keys or tried > len(_STAND_INS):
                return None
            _put(data, keys, tried)
            tries[keys] = tried + 1
        try:
            record = model.model_validate(data, context=context)
        except ValidationError as again:
            error = again
        else:
            record.leave_unread(field_name(keys) for keys in tries)
            return record
    return None


def _put(data: Any, keys: Keys, tried: int) -> None:
    """Put the next stand-in at `keys`; after the last nothing, or in a list an empty record."""
    *way, last = keys
    for key in way:
        data = data[key]
    if tried < len(_STAND_INS):
        data[last] = _STAND_INS[tried]
    elif isinstance(data, list) and isinstance(last, int):
        data[last] = {}
    else:
        data.pop(last, None)
