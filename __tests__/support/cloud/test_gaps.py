"""
Each gap has to be there in plain moto and gone in the mock: a patch that is no longer needed fails a test.

    python -m unittest discover --start-directory __tests__/support/cloud

Takes about 20 seconds. The Python has to have the packages of requirements.txt.
"""

from __future__ import annotations

import unittest
from functools import cache

from gaps import GAPS
from servers import Server, serve, serve_plain


class GapsTest(unittest.TestCase):
    plain: Server
    mended: Server

    @classmethod
    def setUpClass(cls) -> None:
        cls.plain = serve_plain()
        cls.mended = serve()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.plain.stop()
        cls.mended.stop()

    def test_each_gap_is_there_in_plain_moto(self) -> None:
        clients = cache(self.plain.clients)
        for gap in GAPS:
            with self.subTest(service=gap.service, gap=gap.gap):
                self.assertTrue(gap.probe(clients), "moto does this by now: remove the patch")

    def test_each_gap_is_gone_in_the_mock(self) -> None:
        clients = cache(self.mended.clients)
        for gap in GAPS:
            with self.subTest(service=gap.service, gap=gap.gap):
                self.assertFalse(gap.probe(clients), "the patch does not mend it")


if __name__ == "__main__":
    unittest.main()
