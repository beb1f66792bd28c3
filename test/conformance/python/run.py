"""
Drives the simulated AWS at AWS_ENDPOINT_URL with boto3, and writes one JSON line a test to standard output:
{"module", "test", "ok", "problem"?}, and at the end {"driven": {"service.Operation": {outcome: count}}} by the simulator's
own log, with the number of requests of which that log shows the parameters that boto3 was given.

    python run.py [part of a module's name …]
"""

import json
import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from support import simulator, wire  # noqa: E402  (found through the line above)


class Lines(unittest.TestResult):
    def _write(self, test, problem=None):
        words = test.id().split(".")[-1].removeprefix("test_").replace("_", " ")
        # Also of what broke before a test: "setUpClass (test_s3.Storage)".
        module = re.search(r"test_\w+", test.id()).group()
        line = {"module": module, "test": words, "ok": problem is None}
        print(json.dumps({**line, **({"problem": problem} if problem else {})}), flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._write(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._write(test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._write(test, self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._write(test, f"{subtest._subDescription()}: {self._exc_info_to_string(err, test)}")


def main(wanted):
    folder = os.path.dirname(os.path.abspath(__file__))
    modules = sorted(name[:-3] for name in os.listdir(folder) if name.startswith("test_"))
    chosen = [name for name in modules if not wanted or any(part in name for part in wanted)]
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromName(name) for name in chosen)
    suite.run(Lines())
    simulator.gather()
    driven = {name: dict(outcomes) for name, outcomes in simulator.driven.items()}
    print(json.dumps({"driven": driven, "requestsCompared": wire.compared}))


main(sys.argv[1:])
