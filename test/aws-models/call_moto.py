"""Makes calls of AWS's API against moto's server on the loopback address, and reads back what came of them.

Reads {"calls": [...], "region": ..., "existing": {...}} and writes, for each call, its error or what was read back. Ids that
AWS draws stand in the calls as they were recorded, and are replaced by those that moto drew.
"""

import base64
import json
import logging
import os
import sys

# moto reads these when it is loaded. AWS's own managed policies are there to be attached; its thousands of images, which take
# seconds to read, are not: an image of our own stands for the recorded one.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

import boto3
import jmespath
from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from moto.backends import list_of_moto_modules
from moto.server import ThreadedMotoServer


class Account:
    """An empty account, but for what the recorded resources found there."""

    def __init__(self, endpoint, region):
        self.session = boto3.Session("test", "test", region_name=region)
        self.endpoint = endpoint
        self.clients = {}
        self.services = set(list_of_moto_modules())
        self.drawn = {}

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = self.session.client(service, endpoint_url=self.endpoint)
        return self.clients[service]

    def make_existing(self, existing):
        """The default network, an image and hosted zones, under the ids that were recorded for them."""
        ec2 = self.client("ec2")
        subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        self.drawn[existing["vpcId"]] = subnets[0]["VpcId"]
        for subnet in existing["subnets"]:
            own = next(each for each in subnets if each["AvailabilityZone"] == subnet["availabilityZone"])
            self.drawn[subnet["id"]] = own["SubnetId"]
        image = ec2.register_image(Name="recorded")["ImageId"]
        self.drawn.update({recorded: image for recorded in existing["images"]})
        for zone in existing["zones"]:
            made = self.client("route53").create_hosted_zone(Name=zone["name"], CallerReference=zone["id"])
            self.drawn[zone["id"]] = made["HostedZone"]["Id"].removeprefix("/hostedzone/")

    def make(self, call):
        if call["service"] not in self.services:
            # moto's server would say so on the standard output, and close the connection.
            return {"error": f"moto has no {call['service']}"}
        client = self.client(call["service"])
        answer = self.call(client, call["operation"], call["parameters"])
        if "draws" in call:
            drawn = jmespath.search(call["draws"]["from"], answer)
            # Route 53 says where a zone is, and takes its id.
            self.drawn[call["draws"]["id"]] = drawn.removeprefix("/hostedzone/")
        if "readBack" not in call:
            return {}
        asked = call["readBack"]
        answer = self.call(client, asked["operation"], asked["parameters"])
        if "Body" in answer:
            answer["Body"] = base64.b64encode(answer["Body"].read()).decode()
        wanted = {part: self.current(value) for part, value in asked["expected"].items()}
        return {"wanted": wanted, "found": {part: jmespath.search(part, answer) for part in asked["expected"]}}

    def call(self, client, operation, parameters):
        shape = client.meta.service_model.operation_model(operation).input_shape
        sent = self.current(parameters)
        if operation == "RunInstances" and "UserData" in sent:
            # boto3 encodes it once more.
            sent["UserData"] = base64.b64decode(sent["UserData"])
        method = getattr(client, xform_name(operation))
        return method(**decoded(shape, sent))

    def current(self, value):
        """The value with moto's ids in place of the recorded ones."""
        if isinstance(value, dict):
            return {name: self.current(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.current(item) for item in value]
        if isinstance(value, str):
            return self.drawn.get(value, value)
        return value


def decoded(shape, value):
    """The value with bytes where the model has blobs, which JSON writes as base64."""
    if shape is None:
        return value
    if shape.type_name == "structure":
        return {name: decoded(shape.members.get(name), part) for name, part in value.items()}
    if shape.type_name == "list":
        return [decoded(shape.member, item) for item in value]
    return base64.b64decode(value) if shape.type_name == "blob" and isinstance(value, str) else value


def main():
    given = json.load(sys.stdin)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        account = Account(f"http://{host}:{port}", given["region"])
        account.make_existing(given["existing"])
        results = []
        for call in given["calls"]:
            try:
                result = account.make(call)
            except (BotoCoreError, ClientError, ResponseParserError) as error:
                result = {"error": str(error)}
            results.append({"urn": call["urn"], "call": f"{call['service']}.{call['operation']}", **result})
    finally:
        server.stop()
    json.dump(results, sys.stdout, default=str)


main()
