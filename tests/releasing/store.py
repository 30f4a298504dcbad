"""An S3-compatible store on this machine, in a process of its own: moto, which enforces If-Match."""

import json
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import boto3

from releasing import web

BUCKET = "kehoach"
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_REGION": "ap-southeast-1",
}


@dataclass(frozen=True)
class Store:
    """A running store; `environment` is what a publisher finds it by."""

    port: int
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """Nobody answers any more."""
        self.process.kill()
        self.process.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return _CREDENTIALS | {"AWS_ENDPOINT_URL_S3": self.url}

    @cached_property
    def client(self):
        session = boto3.session.Session("testing", "testing", region_name="ap-southeast-1")
        return session.client("s3", endpoint_url=self.url)

    def objects(self, prefix: str = "") -> dict[str, bytes]:
        """Every object below `prefix` by its key after it."""
        client = self.client
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        keys = [item["Key"] for page in pages for item in page.get("Contents", ())]
        return {
            key.removeprefix(prefix): client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
            for key in keys
        }


def bucket(store: Store) -> str:
    """The name of a new bucket."""
    name, client = f"rieng-{uuid.uuid4().hex}", store.client
    client.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"}
    )
    return name


@contextmanager
def running(*, empty: bool = False) -> Iterator[Store]:
    """A store with one bucket that anybody may read, or an `empty` one."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    command = [sys.executable, "-c", _PROGRAM, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            store = Store(port, process)
            if empty:
                yield store
                return
            store.client.create_bucket(
                Bucket=BUCKET,
                CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"},
            )
            policy = json.dumps(web.store_policy()).replace("kehoach/so/*", f"{BUCKET}/*")
            store.client.put_bucket_policy(Bucket=BUCKET, Policy=policy)
            yield store
        finally:
            process.kill()


_PROGRAM = """
import logging, sys, time
logging.getLogger("werkzeug").setLevel(logging.ERROR)
from moto.server import ThreadedMotoServer
ThreadedMotoServer("127.0.0.1", int(sys.argv[1]), verbose=False).start()
print("ready", flush=True)
time.sleep(100_000)
"""
