"""The client of an S3-compatible store: what is refused becomes a sentence.

Endpoint, region and credentials come from where the AWS SDKs look for them: the environment
(AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, …), or a profile (AWS_PROFILE). boto3 alone does
not know AWS_REGION, which all others do; it is told.

boto3 rather than a program such as s5cmd: the switch needs If-Match, each class of files headers
of its own, and every refusal a name.
"""

import hashlib
import os
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kehoach import progress
from kehoach.releasing.headers import Headers
from kehoach.releasing.problem import PublishError, TargetError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

A = TypeVar("A")
B = TypeVar("B")

CONNECTIONS = 24  # requests at once
_AT_ONCE = 1000  # keys in one DeleteObjects, the most that S3 takes
_ATTEMPTS = 10  # of one request, with pauses of up to 20 seconds between them

_BUSY = "kho lưu trữ đang quá tải hoặc tạm ngừng phục vụ: đợi vài phút rồi chạy lại"
_REFUSED = (
    "kho lưu trữ không nhận thông tin đăng nhập: kiểm tra AWS_ACCESS_KEY_ID,"
    " AWS_SECRET_ACCESS_KEY hoặc hồ sơ AWS_PROFILE"
)
_FORBIDDEN = (
    "tài khoản không đủ quyền với bucket `{bucket}` ({operation}): cần s3:ListBucket,"
    " s3:GetObject, s3:PutObject và s3:DeleteObject"
)
# Error codes (docs.aws.amazon.com, Amazon S3 API Reference, Error Responses) as sentences.
_SENTENCES = {
    "InvalidAccessKeyId": _REFUSED,
    "SignatureDoesNotMatch": _REFUSED,
    "InvalidToken": _REFUSED,
    "ExpiredToken": "phiên đăng nhập kho lưu trữ đã hết hạn: lấy thông tin đăng nhập mới",
    "AccessDenied": _FORBIDDEN,
    "403": _FORBIDDEN,  # an answer to HEAD has no code
    "NoSuchBucket": "không có bucket `{bucket}`: tạo bucket trước, hoặc sửa tên trong đích công bố",
    "InvalidBucketName": "`{bucket}` không phải tên bucket: sửa tên trong đích công bố",
    "PermanentRedirect": "bucket `{bucket}` ở vùng khác: đặt AWS_REGION đúng vùng của bucket",
    "AuthorizationHeaderMalformed": (
        "bucket `{bucket}` ở vùng khác: đặt AWS_REGION đúng vùng của bucket"
    ),
    "RequestTimeTooSkewed": (
        "đồng hồ của máy này lệch với kho lưu trữ quá 15 phút: chỉnh giờ máy (NTP) rồi chạy lại"
    ),
    "BadDigest": "tệp bị hỏng trên đường tới kho lưu trữ: kiểm tra đường truyền rồi chạy lại",
    "NotImplemented": (
        "kho lưu trữ không biết {operation} có điều kiện (If-Match, If-None-Match): chọn kho khác"
    ),
    "QuotaExceeded": "kho lưu trữ đã hết dung lượng: dọn bớt hoặc giảm số bản giữ lại (--keep)",
    "SlowDown": _BUSY,
    "ServiceUnavailable": _BUSY,
    "InternalError": _BUSY,
    "503": _BUSY,
    "500": _BUSY,
}
_MISSING = {"NoSuchKey", "404", "NotFound"}
_OVERTAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}


class MissingError(Exception):
    """The object that was asked for does not exist."""


class OvertakenError(Exception):
    """A condition (If-Match, If-None-Match) did not hold: somebody else was faster."""


class Listed(NamedTuple):
    """An object in a listing: its size in bytes, its ETag, when it was written by the store's clock."""

    key: str
    size: int
    etag: str
    written: datetime


class Client:
    """The objects of one bucket. Each method raises PublishError with what to do about a refusal."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket
        self._s3 = _connect(bucket)

    def read(self, key: str) -> tuple[bytes, str]:
        """The content of an object and its ETag; MissingError where there is none."""
        with self._telling("get_object"):
            answer = self._s3.get_object(Bucket=self.bucket, Key=key)
            return answer["Body"].read(), answer["ETag"]

    def metadata(self, key: str) -> dict[str, str]:
        """The metadata of the object `key`; empty where there is no such object."""
        try:
            noted: dict[str, str] = self._call("head_object", Key=key)["Metadata"]
        except MissingError:
            return {}
        return noted

    def write(
        self,
        key: str,
        content: bytes,
        headers: Headers,
        *,
        metadata: Mapping[str, str] | None = None,
        match: str | None = None,
    ) -> str:
        """Write an object and return its ETag; the store verifies what arrived by its MD5.

        With `match` it is written only over the object with that ETag, "" for where none is:
        OvertakenError otherwise.
        """
        options: dict[str, Any] = {"Metadata": dict(metadata or {})}
        if headers.encoding:
            options["ContentEncoding"] = headers.encoding
        if match is not None:
            options |= {"IfMatch": match} if match else {"IfNoneMatch": "*"}
        digest = hashlib.md5(content, usedforsecurity=False).digest()
        answer = self._call(
            "put_object",
            Key=key,
            Body=content,
            ContentMD5=b64encode(digest).decode(),
            ContentType=headers.type,
            CacheControl=headers.cache,
            **options,
        )
        etag: str = answer["ETag"]
        return etag

    def copy(self, source: str, key: str, etag: str) -> str:
        """Copy the object `source`, headers and all, if its ETag is `etag`; returns the copy's.

        Raises MissingError or OvertakenError where it is gone or another.
        """
        answer = self._call(
            "copy_object",
            Key=key,
            CopySource={"Bucket": self.bucket, "Key": source},
            CopySourceIfMatch=etag,
        )
        copied: str = answer["CopyObjectResult"]["ETag"]
        return copied

    def listed(self, prefix: str) -> Iterator[Listed]:
        """Every object whose key begins with `prefix`."""
        for answer in self._pages(Prefix=prefix):
            for item in answer.get("Contents", ()):
                yield Listed(item["Key"], item["Size"], item["ETag"], item["LastModified"])

    def folders(self, prefix: str) -> list[str]:
        """The names directly below `prefix` that others begin with, without their slashes."""
        answers = self._pages(Prefix=prefix, Delimiter="/")
        found = [item["Prefix"] for answer in answers for item in answer.get("CommonPrefixes", ())]
        return [name.removeprefix(prefix).rstrip("/") for name in found]

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; what is gone already is no error."""
        for start in range(0, len(keys), _AT_ONCE):
            chosen = [{"Key": key} for key in keys[start : start + _AT_ONCE]]
            answer = self._call("delete_objects", Delete={"Objects": chosen, "Quiet": True})
            for error in answer.get("Errors", ()):
                raise PublishError(
                    [f"kho lưu trữ không cho xoá {error['Key']}: {error.get('Message', '')}"]
                )

    def now(self, prefix: str) -> datetime:
        """The time by the store's clock, which dates its objects; this machine's may be wrong.

        It is asked by listing below `prefix`: the account may be allowed no more than that.
        """
        answer = self._call("list_objects_v2", Prefix=prefix, MaxKeys=1)
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])

    def _pages(self, **arguments: Any) -> Iterator[dict[str, Any]]:
        following: dict[str, Any] = {}
        while True:
            answer = self._call("list_objects_v2", **arguments, **following)
            yield answer
            if not answer.get("IsTruncated"):
                return
            following = {"ContinuationToken": answer["NextContinuationToken"]}

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        with self._telling(operation):
            method = getattr(self._s3, operation)
            answer: dict[str, Any] = method(Bucket=self.bucket, **arguments)
            return answer

    @contextmanager
    def _telling(self, operation: str) -> Iterator[None]:
        """Turn errors of the store, or of the way to it, into a PublishError that says which."""
        from botocore import exceptions

        try:
            yield
        except exceptions.ClientError as error:
            raise self._described(error.response, operation) from error
        except (exceptions.NoCredentialsError, exceptions.PartialCredentialsError) as error:
            raise TargetError(
                [
                    "không có thông tin đăng nhập kho lưu trữ: đặt AWS_ACCESS_KEY_ID và"
                    " AWS_SECRET_ACCESS_KEY, hoặc AWS_PROFILE"
                ]
            ) from error
        except RecursionError as error:  # botocore looks for the bucket where it is redirected to
            raise PublishError([self._sentence("PermanentRedirect", operation)]) from error
        except exceptions.ParamValidationError as error:
            raise TargetError([self._sentence("InvalidBucketName", operation)]) from error
        except exceptions.BotoCoreError as error:
            raise PublishError(
                [
                    f"không nối được tới kho lưu trữ {self._s3.meta.endpoint_url}: kiểm tra mạng và"
                    " AWS_ENDPOINT_URL_S3 rồi chạy lại",
                    f"  ({error})",
                ]
            ) from error

    def _described(self, response: Any, operation: str) -> Exception:
        code = str(response.get("Error", {}).get("Code", ""))
        status = str(response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
        if code in _MISSING:
            return MissingError(code)
        if code in _OVERTAKEN:
            return OvertakenError(code)
        for known in (code, status):
            if known in _SENTENCES:
                return PublishError([self._sentence(known, operation)])
        told = response.get("Error", {}).get("Message", "")
        return PublishError([f"kho lưu trữ từ chối {operation}: {code or status} {told}".rstrip()])

    def _sentence(self, code: str, operation: str) -> str:
        return _SENTENCES[code].format(bucket=self.bucket, operation=operation)


def is_md5(etag: str, content: bytes) -> bool:
    """Whether the ETag is the MD5 of `content`, as of objects that were sent whole and not encrypted."""
    return etag.strip('"') == hashlib.md5(content, usedforsecurity=False).hexdigest()


def in_parallel(act: Callable[[A], B], items: Collection[A], stage: str = "") -> list[B]:
    """The results of `act` for each of `items`, in their order, many at once; the first error ends all.

    `stage` is what a reader of the screen is told that this is.
    """
    pool = ThreadPoolExecutor(CONNECTIONS)
    try:
        return list(progress.over(stage, pool.map(act, items), len(items)))
    finally:
        pool.shutdown(cancel_futures=True)


def _connect(bucket: str) -> "S3Client":
    try:
        import boto3
        from botocore import exceptions
        from botocore.config import Config
    except ImportError:
        raise TargetError(
            ["công bố lên kho lưu trữ cần gói boto3: pip install 'kehoach[store]'"]
        ) from None

    options: dict[str, Any] = {
        "max_pool_connections": CONNECTIONS,
        "connect_timeout": 10,
        "read_timeout": 60,
        # Each upload carries its MD5, which every store verifies; not all know the newer checksums.
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
    }
    if "AWS_MAX_ATTEMPTS" not in os.environ:
        options["retries"] = {"mode": "standard", "total_max_attempts": _ATTEMPTS}
    try:
        region = os.environ.get("AWS_REGION") or None
        session = boto3.session.Session(region_name=region)
        return session.client("s3", config=Config(**options))
    except exceptions.ProfileNotFound:
        raise TargetError(
            [f"không có hồ sơ AWS_PROFILE={os.environ.get('AWS_PROFILE', '')} trong ~/.aws"]
        ) from None
    except (exceptions.BotoCoreError, ValueError) as error:
        raise TargetError([f"thiết lập của kho lưu trữ không dùng được: {error}"]) from None
