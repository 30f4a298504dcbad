"""The two calls of the AWS command line that docs/deploying.md makes, by the client it is made of."""

import argparse
import json
import sys
from pathlib import Path

import boto3


def main(argv: list[str]) -> None:
    top = argparse.ArgumentParser(prog="aws")
    calls = top.add_subparsers(dest="service", required=True).add_parser("s3api")
    calls = calls.add_subparsers(dest="call", required=True)
    create = calls.add_parser("create-bucket")
    create.add_argument("--create-bucket-configuration", required=True)
    policy = calls.add_parser("put-bucket-policy")
    policy.add_argument("--policy", required=True)
    for call in (create, policy):
        call.add_argument("--bucket", required=True)
    options = top.parse_args(argv)
    client = boto3.client("s3")
    if options.call == "create-bucket":
        name, _, value = options.create_bucket_configuration.partition("=")
        client.create_bucket(Bucket=options.bucket, CreateBucketConfiguration={name: value})
    else:
        text = Path(options.policy.removeprefix("file://")).read_text()
        assert json.loads(text)["Version"] == "2012-10-17"
        client.put_bucket_policy(Bucket=options.bucket, Policy=text)


if __name__ == "__main__":
    main(sys.argv[1:])
