"""Every case of the table, against the built binary."""

import multiprocessing
import os
import unittest

from battery import judge
from table import CASES


class Battery(unittest.TestCase):
    def test_every_case_ends_as_the_table_says(self):
        # Each starts from a small process: a peak of memory counts what the one grew to that started it.
        processes = multiprocessing.get_context("forkserver")
        processes.set_forkserver_preload(["battery"])
        with processes.Pool(1, maxtasksperchild=1) as pool:
            for case in CASES:
                if case.unless_root and os.geteuid() == 0:
                    continue
                with self.subTest(case.name):
                    ran, faults = pool.apply_async(judge, [case]).get(timeout=300)
                    self.assertEqual(faults, [], ran.text[:2000])

    def test_the_table_is_large_and_names_no_case_twice(self):
        names = [case.name for case in CASES]
        self.assertGreaterEqual(len(names), 150)
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
