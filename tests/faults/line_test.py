#!/usr/bin/env python3
"""A line that is not what it seems: TLS that does not hold, redirects, endless answers, a peer that never speaks."""
import http.server
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "sync"))
from support import Agent, Home, Hub, QuietServer, wait_for  # noqa: E402


def certificate(folder, name, host):
    key, cert = folder / (name + ".key"), folder / (name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=" + name,
                    "-addext", "subjectAltName=" + host], check=True, capture_output=True)
    return key, cert


class LineTest(unittest.TestCase):
    def setUp(self):
        self.hub = Hub()
        self.home = Home()
        self.folder = tempfile.TemporaryDirectory(prefix="yichuang-line-")
        self.bundle = self.home.bundle()

    def tearDown(self):
        self.hub.close()
        self.home.close()
        self.folder.cleanup()

    def tls(self, host):
        key, cert = certificate(pathlib.Path(self.folder.name), "hub", host)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        self.hub.server.socket = context.wrap_socket(self.hub.server.socket, server_side=True)
        return self.hub.url.replace("http:", "https:"), cert

    def is_down(self):
        code, report, error = self.home.sync()
        self.assertEqual((code, report["online"], report["sent"]), (1, False, 0))
        self.assertEqual(self.home.state(self.bundle)[0], "waiting")
        self.assertEqual(self.hub.puts, [])
        return error

    def test_a_trusted_certificate(self):
        url, cert = self.tls("IP:127.0.0.1")
        self.home.config(url, ca=cert)
        self.assertEqual(self.home.sync()[0], 0)
        self.assertEqual(self.home.state(self.bundle)[0], "sent")

    def test_an_unknown_certificate_gets_no_token(self):
        url, _ = self.tls("IP:127.0.0.1")
        self.home.config(url)
        self.assertIn("连不上", self.is_down())

    def test_a_certificate_of_another_host(self):
        url, cert = self.tls("DNS:other.example")
        self.home.config(url, ca=cert)
        self.assertIn("连不上", self.is_down())

    def test_other_protocols_are_not_spoken(self):
        self.home.config("file:///etc")
        code, report, error = self.home.sync()
        self.assertEqual(code, 1)
        self.assertIn("url", error)

    def serve(self, answer):
        handler = type("Handler", (http.server.BaseHTTPRequestHandler,), {
            "log_message": lambda *_: None, "do_GET": answer, "do_POST": answer, "do_PUT": answer})
        server = QuietServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.home.config("http://127.0.0.1:%d" % server.server_port)

    def test_a_redirect_is_not_followed(self):
        def answer(handler):
            handler.send_response(307)
            handler.send_header("Location", self.hub.url + handler.path)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        self.serve(answer)
        self.assertIn("看不懂", self.is_down())

    def test_an_endless_answer_is_cut(self):
        def answer(handler):
            handler.send_response(200)
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 1000000)
        self.serve(answer)
        begin = time.monotonic()
        self.is_down()
        self.assertLess(time.monotonic() - begin, 20)

    def test_deep_and_doubled_json_is_garbage(self):
        for body in (b"[" * 100000, b'{"seq":0,"seq":0}', b'{"seq":0,"hash":""}\x00', b'{"seq":1e3}'):
            def answer(handler):
                handler.send_response(200)
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                handler.wfile.write(body)
            self.serve(answer)
            self.assertIn("看不懂", self.is_down())

    def test_a_peer_that_never_speaks(self):
        mute = socket.create_server(("127.0.0.1", 0))
        self.home.config("http://127.0.0.1:%d" % mute.getsockname()[1])
        begin = time.monotonic()
        self.assertIn("连不上", self.is_down())
        self.assertLess(time.monotonic() - begin, 20)
        mute.close()

    def test_the_line_comes_and_goes_under_a_running_agent(self):
        self.home.config(self.hub.url)
        with Agent(self.home):
            for _ in range(3):
                wait_for("the line", lambda: self.home.line()["online"] == 1 and not self.home.line()["trouble"])
                port, facts, kept = self.hub.server.server_port, self.hub.facts, self.hub.kept
                self.hub.close()
                bundle = self.home.bundle()
                self.home.feed(20)
                wait_for("the trouble", lambda: "连不上" in self.home.line()["trouble"])
                self.assertEqual(self.home.state(bundle)[0], "waiting")
                self.hub = Hub(port)
                self.hub.facts, self.hub.kept = facts, kept
                wait_for("the bundle", lambda: self.home.state(bundle)[0] == "sent")
        self.assertEqual(next(iter(self.hub.facts.values()))[-1]["seq"], self.home.head()[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
