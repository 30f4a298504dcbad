"""The written times of a document, and those of which reading has a doubt."""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.fields import Record
from kehoach.records.finding import Finding, Severity
from kehoach.records.period import Period
from kehoach.records.source import Keys, field_name, written_keys


def doubted(document: Document, rule: str) -> Iterator[Finding]:
    """A warning for each time of `document` that is not understood, for the reason that `rule` names."""
    source = document.origin
    for period, keys in written(document):
        if period.doubt and period.doubt.kind == rule:
            place = source.place(keys)
            if period.doubt.column:
                place = source.value_place(keys, period.doubt.column)
            message = f"{period.doubt.message}; đăng nguyên văn, không có ngày trên lịch"
            field, hint = field_name(keys), period.doubt.hint
            yield source.finding(place, rule, message, hint, field=field, severity=Severity.WARNING)


def written(document: Document) -> Iterator[tuple[Period, Keys]]:
    """Every written time of `document`, those of a list one by one, and where each stands."""
    for period, keys in _times(document, ()):
        yield period, written_keys(document.origin.data, keys)


def _times(value: object, keys: Keys) -> Iterator[tuple[Period, Keys]]:
    if isinstance(value, Period):
        yield from ((part, (*keys, index)) for index, part in enumerate(value.each))
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _times(getattr(value, name), (*keys, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _times(part, (*keys, index))
