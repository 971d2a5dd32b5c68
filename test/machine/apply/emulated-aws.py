"""
AWS as one instance sees it, on the machine that plays the instance: moto's S3, Systems Manager and IAM, which check
signatures and policies, and an instance metadata service that takes version 2 only.

    emulated-aws.py STORE PARAMETERS PORT

The metadata service is on the port after PORT.
"""

import http.server
import json
import os
import sys
import threading
import urllib.request

import boto3
from botocore.config import Config
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

BUCKET, PREFIX, PATH, REGION = "landfall-test", "web/", "/landfall/test/web", "eu-central-1"
ROLE_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/{PREFIX}*"},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"},
        {"Effect": "Allow", "Action": "ssm:GetParametersByPath", "Resource": "*"},
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
store, parameters, port = sys.argv[1], sys.argv[2], int(sys.argv[3])


def client(service, key="setup", secret="setup"):
    return boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name=REGION,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(s3={"addressing_style": "path"}),
    )


def files(folder):
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            yield os.path.relpath(full, folder), full


def publish(s3, ssm):
    for name, full in files(store):
        with open(full, "rb") as file:
            s3.put_object(Bucket=BUCKET, Key=PREFIX + name, Body=file.read())
    for name, full in files(parameters):
        with open(full, encoding="utf-8") as file:
            ssm.put_parameter(Name=f"{PATH}/{name}", Value=file.read(), Type="SecureString", Overwrite=True)


class Metadata(http.server.BaseHTTPRequestHandler):
    token = "metadata-token"

    def do_PUT(self):
        lifetime = self.headers["X-aws-ec2-metadata-token-ttl-seconds"]
        good = self.path == "/latest/api/token" and lifetime
        self.say(200 if good else 400, self.token if good else "")

    def do_GET(self):
        if self.headers["X-aws-ec2-metadata-token"] != self.token:
            return self.say(401, "")
        found = self.server.answers.get(self.path)
        return self.say(404 if found is None else 200, found or "")

    def do_POST(self):
        """For the test: publishes what the store holds by now."""
        publish(*self.server.publisher)
        self.say(200, "")

    def say(self, status, text):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
server.start()
iam = client("iam")
client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))
iam.put_role_policy(RoleName="web", PolicyName="web", PolicyDocument=json.dumps(ROLE_POLICY))
role = client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/web", RoleSessionName="web")["Credentials"]
iam.create_user(UserName="publisher")
iam.put_user_policy(
    UserName="publisher",
    PolicyName="all",
    PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    ),
)
key = iam.create_access_key(UserName="publisher")["AccessKey"]
publisher = [client(service, key["AccessKeyId"], key["SecretAccessKey"]) for service in ("s3", "ssm")]
publish(*publisher)

# From now on every request needs a right signature and a policy that allows it.
reset = f"http://127.0.0.1:{port}/moto-api/reset-auth"
urllib.request.urlopen(urllib.request.Request(reset, b"0", {"Content-Type": "text/plain"})).close()

metadata = http.server.ThreadingHTTPServer(("127.0.0.1", port + 1), Metadata)
metadata.publisher = publisher
credentials = {
    "Code": "Success",
    "AccessKeyId": role["AccessKeyId"],
    "SecretAccessKey": role["SecretAccessKey"],
    "Token": role["SessionToken"],
}
metadata.answers = {
    "/latest/meta-data/placement/region": REGION,
    "/latest/meta-data/services/domain": "amazonaws.com",
    "/latest/meta-data/iam/security-credentials/": "web",
    "/latest/meta-data/iam/security-credentials/web": json.dumps(credentials),
}
print("ready", flush=True)
threading.Thread(target=metadata.serve_forever).start()
