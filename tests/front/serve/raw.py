#!/usr/bin/env python3
"""raw.py PROGRAM POLICY CASE: bytes that no client should send. Each is refused as it is written here, and the
next request, on a connection of its own, is answered."""
import sys
import time

from service import Service

program, policy, case_file = sys.argv[1:]
with open(case_file, "rb") as file:
    CASE = file.read()

HOST = b"Host: localhost\r\n"
POST = b"POST /v1/evaluate HTTP/1.1\r\n"
SMUGGLED = b"GET /v1/policy HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(CASE), CASE)
LENGTH = b"Content-Length: %d\r\n" % len(CASE)


def post(*headers, body=CASE):
    return POST + HOST + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body


def get(line, *headers):
    return line + b"\r\n" + HOST + b"".join(header + b"\r\n" for header in headers) + b"\r\n"


def target(text):
    return get(b"GET " + text + b" HTTP/1.1")


# Name, bytes, the statuses that refuse it; CLOSED: the connection ends without an answer, which is safe too.
CLOSED = 0
PAYLOADS = [
    # Lengths that contradict each other or are none.
    ("two equal lengths", post(LENGTH[:-2], LENGTH[:-2]), {400}),
    ("two lengths, the first shorter", post(b"Content-Length: 3", LENGTH[:-2]), {400}),
    ("two lengths, the second shorter", post(LENGTH[:-2], b"Content-Length: 3"), {400}),
    ("two lengths in one value", post(b"Content-Length: 3, 3"), {400}),
    ("a length with a plus", post(b"Content-Length: +5"), {400}),
    ("a negative length", post(b"Content-Length: -1"), {400, CLOSED}),
    ("a length in hexadecimal", post(b"Content-Length: 0x10"), {400}),
    ("a length with an underscore", post(b"Content-Length: 1_0"), {400}),
    ("a length with a point", post(b"Content-Length: 5.0"), {400}),
    ("a length that is empty", post(b"Content-Length:"), {400}),
    ("a length of letters", post(b"Content-Length: abc"), {400}),
    ("a length beyond 64 bits", post(b"Content-Length: 18446744073709551617"), {400, 413}),
    ("a length that is far too large", post(b"Content-Length: 99999999999"), {413}),
    ("a length a byte too large", post(b"Content-Length: 1048577"), {413}),
    ("a length with a blank within", post(b"Content-Length: 1 0"), {400}),
    ("a length with a semicolon", post(b"Content-Length: 5;a=b"), {400}),
    ("a length in other digits", post(b"Content-Length: \xd9\xa3"), {400}),
    # Codings.
    ("a length and chunked", post(LENGTH[:-2], b"Transfer-Encoding: chunked", body=CHUNKED + SMUGGLED), {400}),
    ("chunked and a length", post(b"Transfer-Encoding: chunked", LENGTH[:-2], body=CHUNKED + SMUGGLED), {400}),
    ("chunked twice", post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=CHUNKED), {501, 400}),
    ("chunked twice in one value", post(b"Transfer-Encoding: chunked, chunked", body=CHUNKED), {501, 400}),
    ("chunked behind a tab", post(b"Transfer-Encoding:\x0bchunked", body=CHUNKED), {501, 400}),
    ("xchunked", post(b"Transfer-Encoding: xchunked", body=CHUNKED), {501, 400}),
    ("gzip, chunked", post(b"Transfer-Encoding: gzip, chunked", body=CHUNKED), {501, 400}),
    ("identity", post(b"Transfer-Encoding: identity", body=b""), {501, 400}),
    ("a coding that is empty", post(b"Transfer-Encoding:", body=b""), {501, 400}),
    ("chunked in quotes", post(b'Transfer-Encoding: "chunked"', body=CHUNKED), {501, 400}),
    ("chunked with a parameter", post(b"Transfer-Encoding: chunked;a=b", body=CHUNKED), {501, 400}),
    ("a coding and another one", post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: x", body=CHUNKED), {501, 400}),
    ("a coding with a blank before its colon", post(b"Transfer-Encoding : chunked", body=CHUNKED), {400, CLOSED}),
    ("a length with a blank before its colon", post(b"Content-Length : 3"), {400, CLOSED}),
    # Chunks.
    ("a chunk whose size is no number", post(b"Transfer-Encoding: chunked", body=b"zz\r\nab\r\n0\r\n\r\n"), {400, CLOSED}),
    ("a chunk with a negative size", post(b"Transfer-Encoding: chunked", body=b"-1\r\nab\r\n0\r\n\r\n"), {400, CLOSED}),
    ("a chunk of a size beyond 64 bits", post(b"Transfer-Encoding: chunked", body=b"ffffffffffffffffff\r\nab\r\n0\r\n\r\n"), {400, 413, CLOSED}),
    ("a chunk longer than it says", post(b"Transfer-Encoding: chunked", body=b"1\r\nabcd\r\n0\r\n\r\n"), {400, CLOSED}),
    ("a chunk with 0x", post(b"Transfer-Encoding: chunked", body=b"0x2\r\nab\r\n0\r\n\r\n"), {400, CLOSED}),
    # The line.
    ("HTTP/1.0", get(b"GET /livez HTTP/1.0"), {505}),
    ("HTTP/0.9", b"GET /livez\r\n\r\n", {400, 505, CLOSED}),
    ("HTTP/2.0", get(b"GET /livez HTTP/2.0"), {505, 400, CLOSED}),
    ("HTTP/1.10", get(b"GET /livez HTTP/1.10"), {505, 400, CLOSED}),
    ("http/1.1 in small letters", get(b"GET /livez http/1.1"), {505, 400, CLOSED}),
    ("no version", get(b"GET /livez"), {400, 505, CLOSED}),
    ("an absolute target", target(b"http://localhost/livez"), {400}),
    ("the target of a proxy", get(b"CONNECT localhost:80 HTTP/1.1"), {400}),
    ("a star for a target", get(b"OPTIONS * HTTP/1.1"), {400}),
    ("a target without a slash", target(b"livez"), {400}),
    ("a target with a fragment", target(b"/livez#a"), {400}),
    ("a target with a backslash", target(b"/livez\\a"), {400}),
    ("a target with a control", target(b"/livez\x01"), {400, CLOSED}),
    ("a target beyond ASCII", target(b"/livez\xc3\xa9"), {400}),
    ("a target that is escaped", target(b"/%6civez"), {404}),
    ("a target with dots", target(b"/v1/../livez"), {404}),
    ("a target that is too long", target(b"/" + b"a" * 4000), {400, 414}),
    ("a target beyond all room", target(b"/" + b"a" * 70000), {400, 414, 431, CLOSED}),
    ("a method that is none", get(b"G@T /livez HTTP/1.1"), {400, 405, CLOSED}),
    ("a method that it does not have", get(b"DELETE /v1/evaluate HTTP/1.1"), {405}),
    ("a method in small letters", get(b"get /livez HTTP/1.1"), {405, 400}),
    # Host.
    ("no Host", b"GET /livez HTTP/1.1\r\n\r\n", {400}),
    ("two Hosts", get(b"GET /livez HTTP/1.1", b"Host: localhost"), {400}),
    ("an empty Host", b"GET /livez HTTP/1.1\r\nHost:\r\n\r\n", {400}),
    ("the Host of somebody else", b"GET /livez HTTP/1.1\r\nHost: example.org\r\n\r\n", {421}),
    ("a Host with a user", b"GET /livez HTTP/1.1\r\nHost: localhost@example.org\r\n\r\n", {400}),
    ("a Host with a path", b"GET /livez HTTP/1.1\r\nHost: localhost/a\r\n\r\n", {400}),
    ("a Host with a wrong port", b"GET /livez HTTP/1.1\r\nHost: localhost:http\r\n\r\n", {400}),
    # Headers.
    ("a header without a colon", get(b"GET /livez HTTP/1.1", b"Odd"), {400, CLOSED}),
    ("a header with a blank in its name", get(b"GET /livez HTTP/1.1", b"X Y: 1"), {400, CLOSED}),
    ("a control in a value", get(b"GET /livez HTTP/1.1", b"X: a\x01b"), {400, CLOSED}),
    ("a bare CR in a value", get(b"GET /livez HTTP/1.1", b"X: a\rContent-Length: 5"), {400, CLOSED}),
    ("a header's name beyond ASCII", get(b"GET /livez HTTP/1.1", b"X\xc3\xa9: 1"), {400, CLOSED}),
    ("a hundred headers", get(b"GET /livez HTTP/1.1", *[b"X-%d: 1" % i for i in range(100)]), {400, 431}),
    ("a header that is too long", get(b"GET /livez HTTP/1.1", b"X: " + b"a" * 70000), {431, 400, 413, CLOSED}),
    ("a foreign Origin", get(b"GET /livez HTTP/1.1", b"Origin: http://example.org"), {403}),
    ("a request of another site", get(b"GET /livez HTTP/1.1", b"Sec-Fetch-Site: cross-site"), {403}),
    # Bodies and types.
    ("a body of another type", post(b"Content-Type: text/plain", LENGTH[:-2]), {415}),
    ("a packed body", post(b"Content-Encoding: gzip", LENGTH[:-2]), {415}),
    ("an answer of a type that nobody has", post(b"Accept: text/html", LENGTH[:-2]), {406}),
    ("a body where none belongs", get(b"GET /livez HTTP/1.1", b"Content-Length: 5") + b"abcde", {400}),
    ("an empty body", post(b"Content-Length: 0", body=b""), {400}),
    ("no length at all", post(body=b""), {400}),
    ("a body that ends early", post(b"Content-Length: 500", body=b"{"), {400, CLOSED}),
    ("a chunked body over the limit", post(b"Transfer-Encoding: chunked", body=b"100001\r\n" + b" " * 0x100001 + b"\r\n0\r\n\r\n"), {413}),
    # Noise.
    ("a TLS greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64 + b"\r\n\r\n", {400, 505, CLOSED}),
    ("zeros", b"\x00" * 4096, {400, CLOSED}),
    ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505, CLOSED}),
]


def statuses(got):
    """Of all answers that came."""
    return [int(part[:3]) for part in got.split(b"HTTP/1.1 ")[1:]]


def main():
    assert len(PAYLOADS) >= 60
    service = Service(program, "--max-body", "1", "--idle-timeout", "5", policy=policy)
    wrong = []
    for name, sent, wanted in PAYLOADS:
        got = service.raw(sent, end=True)
        told = statuses(got) or [CLOSED]
        if told[0] not in wanted or any(status == 200 for status in told):
            wrong.append((name, told, got[:200]))
        if b"<html" in got.lower() and b"problem+json" in got:
            wrong.append((name, "HTML beside a problem", got))
        status, _, _ = service.ask("POST", "/v1/evaluate", CASE, {"Content-Type": "application/json"})
        if status != 200:
            wrong.append((name, "the next request", status))
    # The same bytes one by one are the same request.
    whole = post(b"Content-Type: application/json", LENGTH[:-2])
    split = service.raw(*[whole[i:i + 1] for i in range(180)], whole[180:], pause=0.0005)
    if statuses(split) != [200]:
        wrong.append(("a request byte by byte", split[:200]))
    assert service.stop() == 0
    assert not wrong, "\n".join(map(str, wrong))
    print(f"{len(PAYLOADS)} payloads refused, each with the next request answered")


main()
