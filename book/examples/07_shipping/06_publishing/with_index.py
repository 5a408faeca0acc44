"""Runs a command while an empty index is running, whose address is in INDEX: python with_index.py COMMAND..."""

import os
import socket
import subprocess
import sys
import tempfile
import time

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
with tempfile.TemporaryDirectory() as packages:
    options = ["--interface", "127.0.0.1", "--port", str(port), "--passwords", ".", "--authenticate", "."]
    command = ["pypi-server", "run", *options, "--disable-fallback", packages]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        variables = {"INDEX": f"http://127.0.0.1:{port}/", "NO_PROXY": "127.0.0.1", "UV_PUBLISH_TOKEN": "any"}
        done = subprocess.run(sys.argv[1:], env=os.environ | variables)
    finally:
        server.terminate()
        server.wait()
sys.exit(done.returncode)
