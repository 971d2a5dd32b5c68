"""Takes names of services as JSON and gives the operations that botocore's models of them describe."""

import json
import sys

import botocore.session

session = botocore.session.get_session()
services = json.load(sys.stdin)
print(json.dumps({name: list(session.get_service_model(name).operation_names) for name in services}))
