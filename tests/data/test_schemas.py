"""What a JSON Schema validator says of the files that the schemas are for."""

import json
import re
import unittest
from pathlib import Path

import jsonschema
import tomli
import yaml

ROOT = Path(__file__).resolve().parents[2]


def validator(name):
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


class Schemas(unittest.TestCase):
    def test_every_rule_page_is_valid_and_a_misspelt_key_is_not(self):
        rule = validator("rule")
        pages = sorted((ROOT / "rules").glob("*.toml"))
        self.assertGreater(len(pages), 15)
        for page in pages:
            content = tomli.loads(page.read_text())
            self.assertEqual([error.message for error in rule.iter_errors(content)], [], page.name)
        self.assertFalse(rule.is_valid({**content, "sumary": "x"}))

    def test_our_configuration_is_valid_and_a_wrong_severity_is_not(self):
        config = validator("config")
        content = tomli.loads((ROOT / "prepdeck.toml").read_text())
        self.assertEqual([error.message for error in config.iter_errors(content)], [])
        self.assertTrue(config.is_valid({"rules": {"answer-too-short": {"severity": "off", "min": 3}}}))
        self.assertFalse(config.is_valid({"rules": {"answer-too-short": "of"}}))

    def test_every_front_matter_is_valid_and_one_without_an_id_is_not(self):
        question = validator("question")
        for file in (ROOT / "questions").rglob("*.md"):
            content = yaml.safe_load(re.match(r"---\n(.*?)\n---\n", file.read_text(), re.S)[1])
            self.assertEqual([error.message for error in question.iter_errors(content)], [], file)
        del content["id"]
        self.assertFalse(question.is_valid(content))


if __name__ == "__main__":
    unittest.main()
