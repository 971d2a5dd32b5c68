"""Holds a unix socket, as systemd does, and runs a program that gets it as file descriptor 3.

activated-app.py SOCKET PROGRAM ARGUMENT...: a line on standard input restarts the program; the end of it stops all.
"""

import os
import socket
import subprocess
import sys

path, *command = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o666)
listener.listen(4096)
os.dup2(listener.fileno(), 3)


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, pass_fds=[3], stdin=subprocess.DEVNULL)


program = start()
for _ in sys.stdin:
    program.terminate()
    program.wait()
    program = start()
    print("restarted", flush=True)
program.terminate()
program.wait()
