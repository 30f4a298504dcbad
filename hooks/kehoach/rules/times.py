"""The written times of a document, and those of which reading has a doubt."""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.fields import Record
from kehoach.records.finding import Finding, Severity
from kehoach.records.period import Period
from kehoach.records.source import Keys, field_name, written_keys

_HOLDERS = (Period, Record, tuple)  # what is a time or may hold some; most values are texts


def doubted(document: Document, rule: str) -> Iterator[Finding]:
    """A warning for each time of `document` that is not understood, for the reason that `rule` names."""
    source = document.origin
    for period, found in every(document):
        if period.doubt and period.doubt.kind == rule:
            keys = as_written(document, found)
            place = source.place(keys)
            if period.doubt.column:
                place = source.value_place(keys, period.doubt.column)
            message = f"{period.doubt.message}; đăng nguyên văn, không có ngày trên lịch"
            field, hint = field_name(keys), period.doubt.hint
            yield source.finding(place, rule, message, hint, field=field, severity=Severity.WARNING)


def as_written(document: Document, keys: Keys) -> Keys:
    """Where the time that `every` found under `keys` stands in the front matter, which is read for it."""
    return written_keys(document.origin.data, keys)


def every(value: object, keys: Keys = ()) -> Iterator[tuple[Period, Keys]]:
    """The written times in a record, those of a list one by one, each with its keys there."""
    if isinstance(value, Period):
        yield from ((part, (*keys, index)) for index, part in enumerate(value.each))
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            if isinstance(inner := getattr(value, name), _HOLDERS):
                yield from every(inner, (*keys, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from every(part, (*keys, index))
