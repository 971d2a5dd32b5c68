"""Holds a listening socket and hands it to a program as systemd does: hold-socket.py ADDRESS PROGRAM ARGUMENT...

ADDRESS is the path of a unix socket, or "tcp" for a free port of every address. Prints "held PORT PID", with the PID of
this process. SIGHUP restarts the program (SIGTERM, wait, start), SIGTERM ends both. Prints "exit STATUS" whenever the
program has ended.
"""

import os
import signal
import socket
import sys

CONTROL = {signal.SIGHUP, signal.SIGTERM}

address, program = sys.argv[1], sys.argv[2:]
if address == "tcp":
    held = socket.create_server(("", 0), backlog=4096)
else:
    held = socket.socket(socket.AF_UNIX)
    held.bind(address)
    held.listen(4096)


def start():
    process = os.fork()
    if process == 0:
        os.dup2(held.fileno(), 3)
        os.set_inheritable(3, True)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, CONTROL)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execvp(program[0], program)
    return process


def stop(process):
    os.kill(process, signal.SIGTERM)
    print("exit", os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


signal.pthread_sigmask(signal.SIG_BLOCK, CONTROL)
print("held", held.getsockname()[1] if address == "tcp" else 0, os.getpid(), flush=True)
running = start()
while signal.sigwait(CONTROL) == signal.SIGHUP:
    stop(running)
    running = start()
stop(running)
