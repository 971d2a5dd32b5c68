"""The store is a folder of this host."""

import os


def open_store(config):
    """A function from a path in the store to its bytes."""

    def fetch(path):
        with open(os.path.join(config["path"], path), "rb") as file:
            return file.read()

    return fetch
