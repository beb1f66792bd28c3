import urllib.error

from botocore import xform_name
from botocore.exceptions import ClientError

from support import Case, client, simulator

SERVICES = ("redshift", "redshift-serverless", "redshift-data", "dynamodb", "sns", "sts")


class Errors(Case):
    """
    Every error that the service models have for an operation, sent on purpose by a fault rule: boto3 must know it by its
    class, code and status. Those that the simulated AWS answers by itself are asked for in the other tests.
    """

    service = "redshift"
    fresh = False

    def test_every_error_of_every_operation_is_a_class_of_boto3(self):
        seen = 0
        for service in SERVICES:
            aws = client(service)
            for operation in aws.meta.service_model.operation_names:
                if simulated(service, operation):
                    for shape in aws.meta.service_model.operation_model(operation).error_shapes:
                        with self.subTest(operation=operation, error=shape.name):
                            self.is_known(aws, service, operation, shape)
                            seen += 1
        self.assertGreater(seen, 150)

    def is_known(self, aws, service, operation, shape):
        code = shape.metadata.get("error", {}).get("code", shape.name)
        simulator.fault(operation, {"kind": "error", "code": code, "message": "on purpose"}, service=service)
        input_shape = aws.meta.service_model.operation_model(operation).input_shape
        with self.assertRaises(ClientError) as caught:
            getattr(aws, xform_name(operation))(**sample(input_shape))
        error = caught.exception
        self.assertEqual(
            (code, "on purpose"), (error.response["Error"]["Code"], error.response["Error"]["Message"])
        )
        self.assertEqual(aws.exceptions.from_code(code), type(error))
        self.assertEqual(shape.name, type(error).__name__)


def simulated(service, operation):
    """A fault rule is taken only for what is simulated; this one asks for nothing."""
    try:
        simulator.fault(operation, {"kind": "latency", "milliseconds": 0}, service=service, skip=10**6)
        return True
    except urllib.error.HTTPError:
        return False


def sample(shape):
    """The required parameters, with values that pass botocore's own validation."""
    if shape is None:
        return {}
    kind = shape.type_name
    if kind == "structure":
        return {name: sample(shape.members[name]) for name in shape.required_members}
    if kind == "list":
        return [sample(shape.member)] * max(1, shape.metadata.get("min", 0))
    if kind == "map":
        return {"sample": sample(shape.value)}
    if kind == "string":
        return (getattr(shape, "enum", None) or ["x" * max(3, shape.metadata.get("min", 0))])[0]
    return {"boolean": True, "timestamp": "2026-11-21T10:00:00Z", "blob": b"x"}.get(
        kind, max(1, shape.metadata.get("min", 1))
    )
