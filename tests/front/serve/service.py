"""A service that is started and stopped, and raw requests to it: what the tests of this folder share."""
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import time


class Service:
    def __init__(self, program, *options, policy=None):
        words = [program, "serve", "--listen", "127.0.0.1:0", *options]
        if policy:
            words += ["-p", policy]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE)
        self.said = b""
        match = self.hear(rb"listening on [^ ]*:(\d+)")
        self.port = int(match.group(1))
        self.hear(rb"decision log[^\n]*\n")

    def hear(self, pattern, seconds=60):
        """What standard error says once the pattern stands there."""
        end = time.monotonic() + seconds
        while not (match := re.search(pattern, self.said)):
            ready, _, _ = select.select([self.process.stderr], [], [], max(0, end - time.monotonic()))
            more = os.read(self.process.stderr.fileno(), 65536) if ready else b""
            assert more, f"not said: {pattern}; said: {self.said}"
            self.said += more
        return match

    def forget(self):
        self.said = b""

    def stop(self, seconds=30):
        """Its exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def client(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, body=None, headers=None, client=None):
        """Status, headers and body of one request."""
        connection = client or self.client()
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        if client is None:
            connection.close()
        return answer.status, answer.headers, content

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def raw(self, *pieces, pause=0.0, end=False):
        """All that comes back for these bytes until the service closes, or is silent for a while."""
        with self.connect() as sock:
            try:
                for piece in pieces:
                    sock.sendall(piece)
                    if pause:
                        time.sleep(pause)
                if end:
                    sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return drain(sock)


def drain(sock, silent=0.4):
    """What comes until the other side closes, or says nothing for a while."""
    sock.settimeout(silent)
    got = b""
    try:
        while piece := sock.recv(65536):
            got += piece
    except OSError:
        pass
    return got


JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}
