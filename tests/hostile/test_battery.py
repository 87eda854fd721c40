"""Every case of the table, against the built binary."""

import multiprocessing
import os
import unittest

from battery import judge
from table import CASES


class Battery(unittest.TestCase):
    def test_every_case_ends_as_the_table_says(self):
        # Each in a process of its own: what one grew to, the next run's peak of memory would count.
        with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
            for case in CASES:
                if case.unless_root and os.geteuid() == 0:
                    continue
                with self.subTest(case.name):
                    ran, faults = pool.apply(judge, [case])
                    self.assertEqual(faults, [], ran.text[:2000])

    def test_the_table_is_large_and_names_no_case_twice(self):
        names = [case.name for case in CASES]
        self.assertGreaterEqual(len(names), 150)
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
