#!/usr/bin/python3
"""Makes the file of users of the report from its password, which only root reads: report-password USER FILE GROUP."""

import grp
import os
import subprocess
import sys
import tempfile

user, path, group = sys.argv[1:]
with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "password"), "rb") as file:
    password = file.read().strip(b"\n")
if not password or b"\n" in password:
    sys.exit("the password of the report is not one line")
# By its standard input: arguments are for everybody on the host to see.
made = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password + b"\n", capture_output=True, check=True)
descriptor, beside = tempfile.mkstemp(dir=os.path.dirname(path))
with os.fdopen(descriptor, "wb") as file:
    file.write(user.encode() + b":" + made.stdout.strip() + b"\n")
os.chown(beside, 0, grp.getgrnam(group).gr_gid)
os.chmod(beside, 0o640)
os.rename(beside, path)
