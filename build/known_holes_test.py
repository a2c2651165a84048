#!/usr/bin/env python3
"""Runs build/known-holes.py as CI does, against a server of this test's own."""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parent / "known-holes.py"
HOLED = "pkg:maven/org.example/holed@1.0"
SOUND = "pkg:maven/org.example/sound@2.0"


class Osv(http.server.BaseHTTPRequestHandler):
    vulnerabilities = {}
    asked = []
    broken = False

    def do_POST(self):
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        results = []
        for query in queries:
            Osv.asked.append(query["package"]["purl"])
            ids = sorted(Osv.vulnerabilities) if query["package"]["purl"] == HOLED else []
            # One a page, as OSV does with long answers.
            page = int(query.get("page_token", 0))
            result = {"vulns": [{"id": ids[page]}]} if ids else {}
            if page + 1 < len(ids):
                result["next_page_token"] = str(page + 1)
            results.append(result)
        self.answer({"results": results})

    def do_GET(self):
        self.answer(Osv.vulnerabilities[self.path.rsplit("/", 1)[1]])

    def answer(self, body):
        self.send_response(500 if Osv.broken else 200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *arguments):
        pass


class KnownHolesTest(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Osv)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.directory = tempfile.TemporaryDirectory()
        self.url = "http://127.0.0.1:%d" % self.server.server_port
        Osv.vulnerabilities, Osv.asked, Osv.broken = {}, [], False
        self.allowed = ""

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        self.directory.cleanup()

    def check(self, purls=(HOLED + "?type=jar", SOUND + "?type=jar", "pkg:maven/dev.polyphony/own@0")):
        directory = pathlib.Path(self.directory.name)
        bom = directory / "bom.json"
        bom.write_text(json.dumps({"components": [{"purl": purl} for purl in purls]}))
        (directory / "allowed.txt").write_text(self.allowed)
        environment = {**os.environ, "OSV_URL": self.url, "KNOWN_HOLES": str(directory / "allowed.txt")}
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(bom)], env=environment, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    def test_no_hole(self):
        self.assertEqual(self.check(), (0, "known-holes: no serious hole is known in 2 parts\n"))
        self.assertEqual(Osv.asked, [HOLED, SOUND])

    def test_serious_hole_fails_whichever_page_it_is_on(self):
        for severity in ("HIGH", "CRITICAL", None):
            Osv.vulnerabilities = {
                "GHSA-1": {"database_specific": {"severity": "LOW"}},
                "GHSA-2": {"database_specific": {"severity": severity}, "summary": "reads too far"},
            }
            code, output = self.check()
            self.assertEqual(code, 1, output)
            self.assertIn("%s GHSA-2 %s reads too far" % (severity or "UNKNOWN", HOLED), output)
            self.assertIn("known: LOW GHSA-1", output)

    def test_moderate_and_withdrawn_holes_pass(self):
        Osv.vulnerabilities = {
            "GHSA-1": {"database_specific": {"severity": "MODERATE"}},
            "GHSA-2": {"database_specific": {"severity": "HIGH"}, "withdrawn": "2026-01-01T00:00:00Z"},
        }
        self.assertEqual(self.check()[0], 0)

    def test_allowed_hole_passes_by_any_of_its_names_until_its_day(self):
        Osv.vulnerabilities = {"GHSA-1": {"database_specific": {"severity": "HIGH"}, "aliases": ["CVE-2026-1"]}}
        self.allowed = "CVE-2026-1 2999-12-31 never called\n"
        code, output = self.check()
        self.assertEqual(code, 0, output)
        self.assertIn("allowed: HIGH GHSA-1", output)
        self.allowed = "GHSA-1 2020-01-01 never called\n"
        code, output = self.check()
        self.assertEqual(code, 1, output)
        self.assertIn("GHSA-1 is no longer allowed", output)
        self.allowed = "GHSA-1 for ever\n"
        self.assertIn("allowed.txt:1: expected an identity, a date", self.check()[1])

    def test_unreachable_server_is_told_and_passes(self):
        self.url = "http://127.0.0.1:1"
        code, output = self.check()
        self.assertEqual(code, 0)
        self.assertIn("skipped: OSV is not reachable", output)
        self.assertIn("2 parts were not checked", output)

    def test_server_that_answers_otherwise_fails(self):
        Osv.broken = True
        self.assertEqual(self.check()[0], 1)

    def test_empty_bill_fails(self):
        self.assertIn("names no part", self.check(purls=())[1])


if __name__ == "__main__":
    unittest.main()
