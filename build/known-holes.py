#!/usr/bin/env python3
"""Asks OSV (osv.dev) whether the parts named in a software bill of materials have known holes.

usage: build/known-holes.py [BOM]        (target/bom.json otherwise)

Exit code 1 and a list if one of severity high or critical is neither mended nor allowed in build/known-holes.txt; a
hole whose severity nobody has told counts as high. Exit code 0 if there is none, and if OSV cannot be reached: it says
so then. $OSV_URL names another server.

build/known-holes.txt has a line for each hole that is allowed: its identity, the last day it is allowed, and why.
  GHSA-xxxx-xxxx-xxxx 2027-01-31 only reached by a call that Polyphony does not make
"""

import datetime
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

SERIOUS = {"HIGH", "CRITICAL"}
HARMLESS = {"LOW", "MODERATE", "MEDIUM"}
AT_ONCE = 500
SECONDS = 20


def ask(path, question=None):
    url = os.environ.get("OSV_URL", "https://api.osv.dev").rstrip("/") + path
    data = None if question is None else json.dumps(question).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        return json.load(answer)


def parts(bom):
    """Package URLs of what others made, without the qualifiers that OSV does not know."""
    purls = {component["purl"].split("?")[0] for component in bom.get("components", []) if "purl" in component}
    return sorted(purl for purl in purls if not purl.startswith("pkg:maven/dev.polyphony/"))


def holes(purls):
    """Part to the identities of its holes."""
    found = {}
    for start in range(0, len(purls), AT_ONCE):
        open_queries = [{"package": {"purl": purl}} for purl in purls[start : start + AT_ONCE]]
        while open_queries:
            results = ask("/v1/querybatch", {"queries": open_queries})["results"]
            if len(results) != len(open_queries):
                raise ValueError("%d answers to %d questions" % (len(results), len(open_queries)))
            more = []
            for query, result in zip(open_queries, results):
                for hole in result.get("vulns", []):
                    found.setdefault(query["package"]["purl"], set()).add(hole["id"])
                if result.get("next_page_token"):
                    more.append({**query, "page_token": result["next_page_token"]})
            open_queries = more
    return found


def severity(hole):
    told = str(hole.get("database_specific", {}).get("severity", "")).upper()
    return told if told in SERIOUS | HARMLESS else "UNKNOWN"


def allowed(file, today):
    """Identities that are allowed today."""
    known = {}
    lines = file.read_text().splitlines() if file.exists() else []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        try:
            last_day = datetime.date.fromisoformat(words[1])
            reason = words[2]
        except (IndexError, ValueError):
            sys.exit("%s:%d: expected an identity, a date such as 2027-01-31, and a reason" % (file, number))
        if last_day >= today:
            known[words[0]] = reason
        else:
            print("%s is no longer allowed: %s was its last day" % (words[0], last_day))
    return known


def serious(found, exceptions):
    """Lines about holes that are neither harmless nor allowed; harmless and allowed ones are told."""
    lines = []
    details = {}
    for purl in sorted(found):
        for identity in sorted(found[purl]):
            hole = details.setdefault(identity, None) or ask("/v1/vulns/" + identity)
            details[identity] = hole
            names = {identity, *hole.get("aliases", [])}
            line = "%s %s %s %s" % (severity(hole), identity, purl, hole.get("summary", ""))
            if hole.get("withdrawn"):
                continue
            if names & exceptions.keys():
                print("allowed: " + line)
            elif severity(hole) in HARMLESS:
                print("known: " + line)
            else:
                lines.append(line)
    return lines


def main(arguments):
    here = pathlib.Path(__file__).resolve().parent
    file = pathlib.Path(arguments[0]) if arguments else here.parent / "target" / "bom.json"
    if not file.exists():
        sys.exit("known-holes: there is no bill of materials %s; ./mvnw package makes one" % file)
    purls = parts(json.loads(file.read_text()))
    if not purls:
        sys.exit("known-holes: the bill of materials %s names no part" % file)
    exceptions = allowed(
        pathlib.Path(os.environ.get("KNOWN_HOLES", here / "known-holes.txt")), datetime.date.today()
    )
    try:
        lines = serious(holes(purls), exceptions)
    except urllib.error.HTTPError as refused:
        sys.exit("known-holes: OSV answered %s to a question: its interface may have changed" % refused)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as unreachable:
        print("known-holes: skipped: OSV is not reachable (%s); %d parts were not checked" % (unreachable, len(purls)))
        return 0
    if lines:
        print("known-holes: %d serious holes in %d parts:" % (len(lines), len(purls)))
        print("\n".join(lines))
        return 1
    print("known-holes: no serious hole is known in %d parts" % len(purls))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
