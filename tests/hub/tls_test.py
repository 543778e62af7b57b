#!/usr/bin/env python3
"""HTTPS with the hall's own certificate; the access log without tokens, numbers and names; a half-given pair is refused."""
import os
import ssl
import subprocess
import sys
import tempfile
import urllib.request
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Department, Hub, Window, digest

with tempfile.TemporaryDirectory() as folder:
    key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    hub = Hub()
    hub.call = lambda *_, **__: type("Up", (), {"status": 200})  # its plain HTTP would not get through
    hub.options = ("--tls-cert", certificate, "--tls-key", key)
    try:
        hub.start()
        assert hub.url.startswith("https://127.0.0.1:")
        trust = ssl.create_default_context(cafile=certificate)
        with urllib.request.urlopen(hub.url + "/health", context=trust, timeout=20) as answer:
            assert answer.status == 200
        try:
            urllib.request.urlopen(hub.url.replace("https", "http") + "/health", timeout=5)
            raise SystemExit("plain HTTP was answered")
        except OSError:
            pass
        assert hub.stop() == 0
        done = hub.admin("--listen", "127.0.0.1:0", "--tls-cert", certificate, check=False)
        assert done.returncode == 2, done
        done = hub.admin("--listen", "127.0.0.1:0", "--tls-cert", key, "--tls-key", certificate, check=False)
        assert done.returncode == 1 and "证书" in done.stderr, done
    finally:
        hub.close()

with Hub("--demo", "--verbose") as hub:
    window, market = Window(hub), Department(hub)
    token = "secret-token-of-a-page-123"
    bundle = window.bundle(token_digest=digest(token))
    assert window.put_bundle(bundle).status == 201
    assert market.act(bundle["id"], "received").status == 201
    hub.call("GET", "/t/" + token)
    hub.call("GET", "/nowhere/" + token)
    hub.stop()
    log = open(hub.log.name, encoding="utf-8").read()
    assert "PUT /v1/bundles/{bundle} 201 " in log and "GET /t/{token} 200 " in log and "- - 404 " in log
    for secret in (token, bundle["id"], bundle["case"], window.token, market.token, "演示", "127.0.0.1"):
        assert secret not in log, secret
