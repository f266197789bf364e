#!/usr/bin/env python3
"""serve.py PROGRAM POLICY CASE: the service as its clients meet it."""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from service import JSON, NDJSON, Service, drain

program, policy, case_file = sys.argv[1:]
CASES = 20000 if os.environ.get("PUBINT_DEEP") else 600


def cases_and_answers(folder):
    """Cases with some refused ones among them, and what the program makes of them."""
    lines = subprocess.run([program, "sample", "-n", str(CASES)], check=True, stdout=subprocess.PIPE).stdout.splitlines()
    lines[3] = b"{"
    lines[7] = b'{"v":1,"id":"odd","bad":1}'
    lines[11] = b""
    lines[13] = lines[13] + b" {}"
    path = os.path.join(folder, "cases.jsonl")
    with open(path, "wb") as file:
        file.write(b"\n".join(lines) + b"\n")
    answers = subprocess.run([program, "batch", "-p", policy, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return lines, answers.splitlines()


def is_evaluation(answer):
    return b'"error"' not in answer[:400] and b'"outcome"' in answer


def check_same_problem(problem, refusal):
    """The problem of a single case has the code and the place of the line that refuses it in a batch."""
    error = json.loads(refusal)["error"]
    told = json.loads(problem)
    for key in ("code", "path", "column"):
        assert told.get(key) == error.get(key), (key, told, error)


def check_one(status, body, answer):
    if is_evaluation(answer):
        assert status == 200 and body == answer + b"\n", (status, body[:200], answer[:200])
    else:
        assert status in (400, 413, 422), status
        check_same_problem(body, answer)


def evaluations_are_the_same_bytes(service, lines, answers):
    def run(own):
        client = service.client()
        for i in own:
            status, _, body = service.ask("POST", "/v1/evaluate", lines[i], JSON, client)
            check_one(status, body, answers[i])
        client.close()
    threads = [threading.Thread(target=guard(run), args=(range(i, len(lines), 16),)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i in range(0, len(lines), 20):
        check_one(*pick(service.ask("POST", "/v1/evaluate", lines[i], {**JSON, "Connection": "close"})), answers[i])


def pick(answer):
    return answer[0], answer[2]


failures = []


def guard(function):
    def guarded(*arguments):
        try:
            function(*arguments)
        except BaseException as failure:  # a thread's failure is the test's
            failures.append(failure)
            raise
    return guarded


def pipelined_evaluations_are_the_same_bytes(service, lines, answers):
    right = [i for i in range(len(lines)) if is_evaluation(answers[i])][:40]
    with service.connect() as sock:
        head = b"POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        sock.sendall(b"".join(head % len(lines[i]) + lines[i] for i in right))
        got = drain(sock, 2)
    bodies = [part.split(b"\r\n\r\n", 1)[1] for part in got.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert bodies == [answers[i] + b"\n" for i in right], len(bodies)


def batches_are_the_same_bytes(service, lines, answers):
    for size in (1, 500, 5000):
        client = service.client()
        count = min(len(lines), 60 if size == 1 else len(lines))
        for begin in range(0, count, size):
            body = b"\n".join(lines[begin:begin + size]) + b"\n"
            status, headers, got = service.ask("POST", "/v1/batch", body, NDJSON, client)
            assert status == 200 and headers["Content-Type"] == "application/x-ndjson"
            told = got.splitlines()
            assert len(told) == len(lines[begin:begin + size])
            for i, line in enumerate(told):
                wanted = answers[begin + i]
                if is_evaluation(wanted):
                    assert line == wanted
                elif begin == 0:
                    assert line == wanted, (line, wanted)
        client.close()
    chunks = iter([lines[0][:100], lines[0][100:] + b"\n" + lines[1]])
    assert service.ask("POST", "/v1/batch", chunks, NDJSON)[2].splitlines() == answers[:2]


def endpoints_tell_what_they_should(service):
    for path, command in (("/v1/facts", ["facts", "--json"]), ("/v1/schema/case", ["schema", "case"])):
        assert service.ask("GET", path)[2] == subprocess.run([program, *command], stdout=subprocess.PIPE).stdout, path
    told = json.loads(service.ask("GET", "/v1/policy")[2])
    assert told["v"] == 1 and told["policy"].startswith("public-interest@") and len(told["files"]) > 8
    assert json.loads(service.ask("GET", "/v1/codes/E1203")[2])["name"] == "BAD_COUNT"
    assert json.loads(service.ask("GET", "/readyz")[2])["status"] == "ready"
    described = json.loads(service.ask("GET", "/openapi.json")[2])
    assert described["openapi"] == "3.1.0" and "/v1/schema/{name}" in described["paths"]
    for path, operations in described["paths"].items():  # what is described is there, and nothing else of it
        for method in operations:
            status = service.ask(method.upper(), path.format(name="case", code="E1001"), headers=JSON if method == "post" and "batch" not in path else {})[0]
            assert status not in (404, 405), (method, path, status)
    metrics = service.ask("GET", "/metrics")[2].decode()
    assert 'pubint_http_request_duration_seconds_count{route="/v1/evaluate",code="200"}' in metrics
    assert "pubint_refusals_total" in metrics and "process_resident_memory_bytes" in metrics
    with open(case_file, "rb") as file:
        explained = service.ask("POST", "/v1/evaluate?explain=text&locale=nl", file.read(), JSON)[2].decode()
    assert "Tweet" in explained and "Toets" in explained or "Dit is een" in explained, explained
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    status, headers, body = service.ask("GET", "/nowhere", headers={"traceparent": trace})
    assert status == 404 and headers["traceparent"] == trace
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["trace_id"] == trace[3:35]


def reloads_lose_no_request(service, folder, line):
    """Half of the policies are broken; whoever asks meanwhile is answered, under a policy that was live."""
    names, stopping = set(), threading.Event()

    def ask_on():
        client = service.client()
        while not stopping.is_set():
            status, _, body = service.ask("POST", "/v1/evaluate", line, JSON, client)
            assert status == 200, (status, body)
            names.add(json.loads(body)["policy"])
        client.close()
    threads = [threading.Thread(target=guard(ask_on)) for _ in range(4)]
    for thread in threads:
        thread.start()
    manifest = os.path.join(folder, "policy.json")
    with open(manifest) as file:
        text = file.read()
    live = set()
    for i in range(200 if os.environ.get("PUBINT_DEEP") else 4):
        with open(manifest, "w") as file:
            file.write("{" if i % 2 else text.replace('"version": "', f'"version": "{i}.'))
        service.forget()
        service.process.send_signal(signal.SIGHUP)
        service.hear(rb"the policy that was live stays\n" if i % 2 else rb"live: [^ ]+\n")
        live.add(i if i % 2 == 0 else live and max(live))
    stopping.set()
    for thread in threads:
        thread.join()
    assert 2 <= len(names) <= 1 + len(live), names


def stopping_answers_what_is_in_flight(lines):
    service = Service(program, policy=policy)
    answered, ended = [0], threading.Event()

    def ask_on():
        while not ended.is_set():
            with service.connect() as sock:
                body = b"\n".join(lines[20:60])
                sock.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body))
                sock.sendall(body)
                got = drain(sock, 0.3)
                assert got.startswith(b"HTTP/1.1 200") and got.endswith(b"0\r\n\r\n"), got[-100:]
                answered[0] += 1

    def until_refused():
        try:
            ask_on()
        except (ConnectionError, AssertionError) as failure:
            if not ended.is_set():
                failures.append(failure)
    threads = [threading.Thread(target=until_refused) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.8)
    idle = service.connect()
    ended.set()
    begun = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - begun < 10 and answered[0] > 0
    idle.close()
    for thread in threads:
        thread.join()


def tokens_say_who_may(folder):
    """Without --tokens nobody is admin; with it each endpoint wants its scope, and a reload tells what it did."""
    service = Service(program, policy=policy)
    assert service.ask("POST", "/v1/policy/reload")[0] == 403
    assert service.stop() == 0
    file = os.path.join(folder, "tokens")
    rows = {"one": "evaluate", "two": "admin,metrics", "three": "metrics"}
    with open(file, "w") as out:
        for token, scopes in rows.items():
            out.write(f"{hashlib.sha256(token.encode()).hexdigest()} {scopes} name of {token}\n")
    service = Service(program, "--tokens", file, "--rate", "3", policy=policy)

    def status(method, path, token):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = service.ask(method, path, headers=headers)
        assert token is None or headers["Authorization"].encode() not in answer[2]
        return answer[0]
    assert status("GET", "/livez", None) == 200
    assert status("GET", "/v1/policy", None) == 401 and status("GET", "/v1/policy", "four") == 401
    assert status("GET", "/v1/policy", "one") == 200 and status("GET", "/v1/policy", "three") == 403
    assert status("GET", "/metrics", "three") == 200
    assert status("POST", "/v1/policy/rollback", "two") == 409
    time.sleep(1.1)
    assert status("POST", "/v1/policy/reload", "two") == 200
    assert status("POST", "/v1/policy/rollback", "two") == 200
    time.sleep(1.1)
    assert [status("GET", "/v1/facts", "one") for _ in range(7)].count(429) >= 1
    assert service.stop() == 0


def every_answer_is_in_the_log(folder, lines, answers):
    """Before the answer its line is on disk: after kill -9 each answer is there, and the chain holds."""
    log = os.path.join(folder, "log")
    service = Service(program, "--decision-log", log, policy=policy)
    right = [i for i in range(len(lines)) if is_evaluation(answers[i])][:150]
    for i in right[:30]:
        check_one(*pick(service.ask("POST", "/v1/evaluate", lines[i], JSON)), answers[i])
    got = service.ask("POST", "/v1/batch", b"\n".join(lines[i] for i in right[30:]) + b"\n", NDJSON)[2]
    assert got.splitlines() == [answers[i] for i in right[30:]]
    assert b"pubint_decision_log_bytes_total" in service.ask("GET", "/metrics")[2]
    service.process.kill()
    service.process.wait()
    told = subprocess.run([program, "log", "verify", log, "--policies", policy], stdout=subprocess.PIPE)
    assert told.returncode == 0, told.stdout
    told = subprocess.run([program, "log", "evaluations", log], stdout=subprocess.PIPE).stdout.splitlines()
    assert told == [answers[i] for i in right]


def slow_clients_are_cut():
    service = Service(program, "--idle-timeout", "1", "--request-timeout", "1", policy=policy)
    begun = time.monotonic()
    with service.connect() as head, service.connect() as body:
        body.sendall(b"POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
        told = b""
        while time.monotonic() - begun < 8:
            try:
                head.sendall(b"G")
                body.sendall(b"{")
            except OSError:
                break
            time.sleep(0.25)
        told = drain(body)
    assert time.monotonic() - begun < 7, "a byte at a time holds a connection"
    assert b"408" in told or told == b""
    assert service.ask("GET", "/livez")[0] == 200
    assert service.stop() == 0


def main():
    with tempfile.TemporaryDirectory() as folder:
        own = os.path.join(folder, "policy")
        shutil.copytree(policy, own)
        lines, answers = cases_and_answers(folder)
        service = Service(program, policy=own)
        evaluations_are_the_same_bytes(service, lines, answers)
        pipelined_evaluations_are_the_same_bytes(service, lines, answers)
        batches_are_the_same_bytes(service, lines, answers)
        endpoints_tell_what_they_should(service)
        reloads_lose_no_request(service, own, lines[next(i for i, a in enumerate(answers) if is_evaluation(a))])
        assert service.stop() == 0
        every_answer_is_in_the_log(folder, lines, answers)
        tokens_say_who_may(folder)
        stopping_answers_what_is_in_flight(lines)
        slow_clients_are_cut()
    assert not failures, failures
    print(f"{len(lines)} cases over HTTP: the same bytes; reloads, stop and slow clients hold")


main()
