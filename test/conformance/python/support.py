"""What the conformance tests share: the simulator's control endpoints, boto3 clients, and how refusals are looked at."""

import json
import os
import unittest
import urllib.request
from collections import Counter
from datetime import datetime, timedelta, timezone

import boto3
import botocore.waiter
from botocore.config import Config
from botocore.exceptions import ClientError

from wire import WireCheck

REGION = "eu-central-1"
ACCOUNT = "123456789012"
SMALL = {"orderRows": 2000, "orderItems": 300, "eventRows": 1000}


class Simulator:
    """The control endpoints (docs/simulator.md), past boto3."""

    def __init__(self, url):
        self.url = url
        self.driven = {}

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/_simulator/{path}",
            data,
            {"content-type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def now(self):
        return datetime.fromisoformat(self._call("GET", "healthz")["now"].replace("Z", "+00:00"))

    def advance(self, seconds):
        self._call("POST", "advance", {"seconds": seconds})

    def set(self, **settings):
        self._call("POST", "settings", settings)

    def fault(self, operation, action, **rule):
        self._call("POST", "faults", {"operation": operation, "action": action, **rule})

    def log(self, operation=None):
        return self._call("GET", "log" + (f"?operation={operation}" if operation else ""))["operations"]

    def effects(self, kind):
        return self._call("GET", f"effects?kind={kind}")["effects"]

    def count(self, warehouse, table):
        answer = self._call(
            "POST",
            "sql",
            {"warehouse": warehouse, "database": "dev", "sql": f"select count(*) from {table}"},
        )
        return int(answer["rows"][0][0])

    def sql(self, warehouse, sql):
        return self._call("POST", "sql", {"warehouse": warehouse, "database": "dev", "sql": sql})["rows"]

    def reset(self):
        """A fresh default world; what was driven in the old one is kept, since its log goes with it."""
        self.gather()
        self._call("POST", "reset", {"seed": "default", "options": SMALL})

    def gather(self):
        for line in self.log():
            outcomes = self.driven.setdefault(f"{line['service']}.{line['operation']}", Counter())
            outcomes[line["outcome"]] += 1


ENDPOINT = os.environ.get("AWS_ENDPOINT_URL", "")
if not ENDPOINT.startswith("http://127.0.0.1:"):
    raise SystemExit(
        "AWS_ENDPOINT_URL must be that of a simulated AWS on 127.0.0.1: these tests never go to the real one"
    )
simulator = Simulator(ENDPOINT)
wire = WireCheck()


class _VirtualTime:
    """botocore's waiters sleep in virtual time: with their real delays, and without real waiting."""

    sleep = staticmethod(simulator.advance)


botocore.waiter.time = _VirtualTime


def client(service, attempts=1, **options):
    made = boto3.client(
        service,
        endpoint_url=ENDPOINT,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": attempts},
            read_timeout=30,
            s3={"addressing_style": "path"},
        ),
        **options,
    )
    wire.watch(made, requests_too=service != "s3")
    return made


class Case(unittest.TestCase):
    """A class starts with a fresh world whose clock stands still; each test proves that the wire was right."""

    maxDiff = None
    service = None
    # False: any default world will do, whatever was done in it before; a fresh one costs a second.
    fresh = True

    @classmethod
    def setUpClass(cls):
        if cls.fresh:
            simulator.reset()
        cls.aws = client(cls.service)

    def run(self, result=None):
        wire.begin()
        return super().run(result)

    def tearDown(self):
        problems = wire.problems()
        requests = wire.requests_that_arrived_otherwise(simulator.log())
        self.assertEqual([], problems, "answers that do not fit botocore's model")
        self.assertEqual([], requests, "requests that the simulator read otherwise than boto3 meant them")

    def refused(self, code, status, call, **parameters):
        """The call must fail with this code and HTTP status, as the exception class that botocore has for the code."""
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        error = caught.exception
        metadata = error.response["ResponseMetadata"]
        found = (error.response["Error"]["Code"], metadata["HTTPStatusCode"])
        self.assertEqual((code, status), found, error)
        self.assertNotEqual("", error.response["Error"]["Message"])
        self.assertTrue(metadata.get("RequestId"), "an answer without a request id")
        return error

    def says(self, text, error):
        self.assertIn(text, error.response["Error"]["Message"])

    def is_time(self, value, near=None, within=1):
        """Timestamps come as datetimes with a zone."""
        self.assertIsInstance(value, datetime)
        self.assertIsNotNone(value.tzinfo)
        if near is not None:
            self.assertLess(abs(value - near), timedelta(seconds=within))


def ago(**delta):
    return simulator.now() - timedelta(**delta)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
