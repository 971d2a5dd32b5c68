"""The store is a bucket of S3."""

from landfall_apply.aws import Aws


def open_store(config):
    """A function from a path in the store to its bytes."""
    return Aws(config).read
