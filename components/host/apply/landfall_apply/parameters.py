"""Reads parameters of Systems Manager."""

import json

from landfall_apply.aws import Aws


def read_parameters(aws: Aws, path: str) -> dict[str, bytes]:
    """All parameters below a path, decrypted, by the rest of their names."""
    found: dict[str, bytes] = {}
    asked = {"Path": path, "Recursive": True, "WithDecryption": True, "MaxResults": 10}
    while True:
        answer = aws.persist(lambda: parameters_page(aws, asked))
        for parameter in answer["Parameters"]:
            found[parameter["Name"].removeprefix(f"{path}/")] = parameter["Value"].encode()
        if not answer.get("NextToken"):
            return found
        asked["NextToken"] = answer["NextToken"]


def parameters_page(aws: Aws, asked: dict) -> dict:
    endpoint = aws.endpoints.get("ssm") or f"https://{aws.host('ssm')}"
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.GetParametersByPath"}
    what = f"GetParametersByPath of {asked['Path']}"
    with aws.send(what, "POST", f"{endpoint.rstrip('/')}/", headers, json.dumps(asked).encode(), "ssm") as answer:
        return json.load(answer)
