import json
import unittest

from support import client
from wire import WireCheck

ID = "4ff86bb8-8e23-4a55-a4a6-6a1ccd1a2b6f"


class TheLookAtTheWire(unittest.TestCase):
    """The look that every other test relies on finds what botocore would pass over in silence."""

    def problems(self, service, operation, status, body, **headers):
        look = WireCheck()
        model = client(service).meta.service_model.operation_model(operation)
        text = body if isinstance(body, str) else json.dumps(body)
        look._look(model, {"status_code": status, "headers": headers, "body": text.encode()})
        return look.problems()

    def data(self, status, body, **headers):
        return self.problems("redshift-data", "DescribeStatement", status, body, **headers)

    def query(self, inner, status=200):
        envelope = (
            '<DescribeClustersResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><DescribeClustersResult>'
            f"<Clusters><Cluster>{inner}</Cluster></Clusters></DescribeClustersResult>"
            "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeClustersResponse>"
        )
        return self.problems("redshift", "DescribeClusters", status, envelope)

    def test_passes_answers_that_fit(self):
        self.assertEqual(
            [], self.data(200, {"Id": ID, "Status": "FINISHED", "CreatedAt": 1763712000.5, "Duration": 7})
        )
        self.assertEqual(
            [],
            self.query(
                "<NumberOfNodes>2</NumberOfNodes><ClusterCreateTime>2026-11-21T10:00:00.000Z</ClusterCreateTime>"
            ),
        )

    def test_finds_members_that_are_unknown_or_missing_or_null(self):
        self.assertIn(
            "answer.Identifier is not in the model", self.data(200, {"Id": ID, "Identifier": ID})[0]
        )
        self.assertIn("answer.Id is missing", self.data(200, {"Status": "FINISHED"})[0])
        self.assertIn("answer.Error is null", self.data(200, {"Id": ID, "Error": None})[0])
        self.assertIn("Identity is not in the model", self.query("<Identity>analytics</Identity>")[0])

    def test_finds_values_of_the_wrong_kind(self):
        self.assertIn("no timestamp", self.data(200, {"Id": ID, "CreatedAt": "2026-11-21T10:00:00Z"})[0])
        self.assertIn("no boolean", self.data(200, {"Id": ID, "HasResultSet": "true"})[0])
        self.assertIn("not one of", self.data(200, {"Id": ID, "Status": "DONE"})[0])
        self.assertIn("no timestamp", self.query("<ClusterCreateTime>1763712000</ClusterCreateTime>")[0])
        self.assertIn("no integer", self.query("<NumberOfNodes>two</NumberOfNodes>")[0])
        wrong = {"recoveryPoints": [{"recoveryPointCreateTime": 1763712000}]}
        self.assertIn(
            "no timestamp", self.problems("redshift-serverless", "ListRecoveryPoints", 200, wrong)[0]
        )

    def test_finds_errors_that_the_operation_does_not_have(self):
        code = "ActiveStatementsExceededException"
        found = self.data(400, {"__type": f"ns#{code}", "Message": "m"}, **{"x-amzn-errortype": code})
        self.assertIn(f"the model of the operation has no error {code}", found[0])
        xml = "<ErrorResponse><Error><Type>Sender</Type><Code>ClusterNotFound</Code></Error><RequestId>r</RequestId></ErrorResponse>"
        self.assertEqual([], self.problems("redshift", "DescribeClusters", 404, xml))
        self.assertIn(
            "has status 404 in the model", self.problems("redshift", "DescribeClusters", 400, xml)[0]
        )
