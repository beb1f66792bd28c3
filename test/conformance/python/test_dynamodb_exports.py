import base64
import gzip
import hashlib
import json
from datetime import timedelta

from botocore.exceptions import ConnectionClosedError, ParamValidationError, WaiterError

from support import ACCOUNT, REGION, Case, ago, client, simulator

ORDERS = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders"
INVALID_TIME = ("InvalidExportTimeException", 400)


class Exports(Case):
    """Point-in-time recovery and exports."""

    service = "dynamodb"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.s3 = client("s3")

    def setUp(self):
        simulator.set(maxConcurrentExports=300)

    def export(self, **other):
        return self.aws.export_table_to_point_in_time(**{"TableArn": ORDERS, "S3Bucket": "exports", **other})[
            "ExportDescription"
        ]

    def finished(self, **other):
        arn = self.export(**other)["ExportArn"]
        self.aws.get_waiter("export_completed").wait(ExportArn=arn)
        return self.aws.describe_export(ExportArn=arn)["ExportDescription"]

    def read(self, key):
        return self.s3.get_object(Bucket="exports", Key=key)["Body"].read()

    def lines(self, export):
        """The manifest's files, each proved by its checksum and count, as lines."""
        summary = json.loads(self.read(export["ExportManifest"]))
        found = []
        for line in self.read(summary["manifestFilesS3Key"]).decode().splitlines():
            file = json.loads(line)
            body = self.read(file["dataFileS3Key"])
            self.assertEqual(file["md5Checksum"], base64.b64encode(hashlib.md5(body).digest()).decode())
            lines = gzip.decompress(body).decode().splitlines()
            self.assertEqual(file["itemCount"], len(lines))
            found += lines
        self.assertEqual(summary["itemCount"], len(found))
        return found

    def test_shows_the_window_of_recovery(self):
        described = self.aws.describe_continuous_backups(TableName="orders")["ContinuousBackupsDescription"]
        recovery = described["PointInTimeRecoveryDescription"]
        self.assertEqual(
            ("ENABLED", "ENABLED"),
            (described["ContinuousBackupsStatus"], recovery["PointInTimeRecoveryStatus"]),
        )
        self.is_time(recovery["EarliestRestorableDateTime"])
        self.is_time(recovery["LatestRestorableDateTime"], near=ago(minutes=5), within=2)
        self.assertEqual(35, recovery["RecoveryPeriodInDays"])

    def test_switches_recovery_on_and_off(self):
        self.aws.create_table(
            TableName="switched",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        simulator.set(tableChangeSeconds=1, continuousBackupsDelaySeconds=60)
        self.aws.get_waiter("table_exists").wait(TableName="switched")
        update = self.aws.update_continuous_backups
        on = {
            "TableName": "switched",
            "PointInTimeRecoverySpecification": {
                "PointInTimeRecoveryEnabled": True,
                "RecoveryPeriodInDays": 7,
            },
        }
        self.refused("ContinuousBackupsUnavailableException", 400, update, **on)
        simulator.advance(61)
        recovery = update(**on)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        self.assertEqual(
            ("ENABLED", 7), (recovery["PointInTimeRecoveryStatus"], recovery["RecoveryPeriodInDays"])
        )
        off = update(
            TableName="switched", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
        )
        recovery = off["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        self.assertEqual({"PointInTimeRecoveryStatus": "DISABLED"}, recovery)
        arn = ORDERS.replace("orders", "switched")
        self.refused("PointInTimeRecoveryUnavailableException", 400, self.export, TableArn=arn)
        self.refused("TableNotFoundException", 400, self.aws.describe_continuous_backups, TableName="nowhere")
        self.refused("TableNotFoundException", 400, update, **{**on, "TableName": "nowhere"})
        on["PointInTimeRecoverySpecification"]["RecoveryPeriodInDays"] = 36
        self.refused("ValidationException", 400, update, **on)

    def test_exports_a_whole_table_and_waits_for_its_end(self):
        simulator.set(exportSeconds=50)
        moment = ago(hours=2).replace(microsecond=0)
        asked = {
            "ExportTime": moment,
            "ClientToken": "whole-export",
            "S3BucketOwner": ACCOUNT,
            "S3Prefix": "night/run-1",
            "S3SseAlgorithm": "AES256",
            "ExportFormat": "DYNAMODB_JSON",
            "ExportType": "FULL_EXPORT",
        }
        began = simulator.now()
        started = self.export(**asked)
        self.assertEqual(asked, {key: started[key] for key in asked})
        self.assertEqual(
            ("IN_PROGRESS", ORDERS, "exports"),
            tuple(started[key] for key in ("ExportStatus", "TableArn", "S3Bucket")),
        )
        self.is_time(started["StartTime"], near=began)
        for late in ("EndTime", "ExportManifest", "ItemCount", "BilledSizeBytes", "FailureCode"):
            self.assertNotIn(late, started)
        self.aws.get_waiter("export_completed").wait(ExportArn=started["ExportArn"])
        self.assertEqual(
            timedelta(seconds=60), simulator.now() - began, "three sleeps of the waiter's 20 seconds"
        )
        ended = self.aws.describe_export(ExportArn=started["ExportArn"])["ExportDescription"]
        self.assertEqual("COMPLETED", ended["ExportStatus"])
        self.is_time(ended["EndTime"])
        self.assertTrue(ended["ExportManifest"].startswith("night/run-1/AWSDynamoDB/"))
        self.assertGreater(ended["BilledSizeBytes"], 0)
        lines = self.lines(ended)
        self.assertEqual(ended["ItemCount"], len(lines))
        self.assertTrue(all("order_id" in json.loads(line)["Item"] for line in lines))
        simulator.set(exportSeconds=6)

    def test_exports_in_ion_and_with_a_key(self):
        key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0d990263-018e-4e65-a703-eff731de951e"
        ended = self.finished(ExportFormat="ION", S3SseAlgorithm="KMS", S3SseKmsKeyId=key)
        self.assertEqual(
            ("COMPLETED", "ION", "KMS", key),
            tuple(
                ended[name] for name in ("ExportStatus", "ExportFormat", "S3SseAlgorithm", "S3SseKmsKeyId")
            ),
        )
        self.assertNotIn("ExportType", ended)
        self.assertEqual(ended["ItemCount"], len(self.lines(ended)))

    def test_exports_the_changes_of_a_window(self):
        simulator.advance(3600)
        first = ago(minutes=20).replace(microsecond=0)
        for number in range(4):
            self.aws.put_item(
                TableName="orders", Item={"order_id": {"S": f"new-{number}"}, "status": {"S": "placed"}}
            )
        self.aws.delete_item(TableName="orders", Key={"order_id": {"S": "new-3"}})
        self.aws.put_item(
            TableName="orders", Item={"order_id": {"S": "order-0000001"}, "status": {"S": "changed"}}
        )
        simulator.advance(60)
        window = {"ExportFromTime": first, "ExportToTime": simulator.now().replace(microsecond=0)}
        for view, old_images in (("NEW_AND_OLD_IMAGES", 1), ("NEW_IMAGE", 0)):
            specification = {**window, "ExportViewType": view}
            ended = self.finished(
                ExportType="INCREMENTAL_EXPORT", IncrementalExportSpecification=specification
            )
            self.assertEqual(specification, ended["IncrementalExportSpecification"])
            self.assertNotIn("ExportTime", ended)
            records = [json.loads(line) for line in self.lines(ended)]
            self.assertEqual(
                ["new-0", "new-1", "new-2", "order-0000001"],
                sorted(record["Keys"]["order_id"]["S"] for record in records),
            )
            self.assertEqual(old_images, sum("OldImage" in record for record in records))
            self.assertTrue(all("WriteTimestampMicros" in record["Metadata"] for record in records))

    def test_refuses_export_times_for_each_of_their_reasons(self):
        def window(start, end):
            return {
                "ExportType": "INCREMENTAL_EXPORT",
                "IncrementalExportSpecification": {
                    "ExportFromTime": ago(**start),
                    "ExportToTime": ago(**end),
                },
            }

        cases = {
            "in the future": {"ExportTime": ago(minutes=-5)},
            "before the window": {"ExportTime": ago(days=8)},
            "newer than the latest": {"ExportTime": ago(minutes=1)},
            "under 15 minutes": window({"minutes": 20}, {"minutes": 10}),
            "over 24 hours": window({"hours": 30}, {"hours": 1}),
            "ends in the future": window({"hours": 1}, {"minutes": -30}),
            "backwards": window({"hours": 1}, {"hours": 2}),
            "before the table": window({"days": 60}, {"days": 59, "hours": 12}),
        }
        for reason, parameters in cases.items():
            with self.subTest(reason):
                self.refused(*INVALID_TIME, self.export, **parameters)

    def test_refuses_exports_as_its_page_says(self):
        cases = [
            ("TableNotFoundException", {"TableArn": ORDERS.replace("orders", "nowhere")}),
            ("TableNotFoundException", {"TableArn": ORDERS.replace(REGION, "us-east-1")}),
            ("AccessDeniedException", {"TableArn": ORDERS.replace(ACCOUNT, "999999999999")}),
            ("ValidationException", {"TableArn": "orders"}),
            ("ValidationException", {"S3Bucket": "bad bucket"}),
            ("ValidationException", {"S3BucketOwner": "me"}),
            ("ValidationException", {"S3SseAlgorithm": "ROT13"}),
            ("ValidationException", {"S3SseKmsKeyId": "key"}),
            ("ValidationException", {"ExportFormat": "CSV"}),
            ("ValidationException", {"ExportType": "INCREMENTAL_EXPORT"}),
            ("ValidationException", {"IncrementalExportSpecification": {"ExportFromTime": ago(hours=1)}}),
        ]
        for code, other in cases:
            with self.subTest(code=code, **{key: str(value) for key, value in other.items()}):
                self.refused(code, 400, self.export, **other)
        simulator.set(maxConcurrentExports=0)
        self.refused("LimitExceededException", 400, self.export)

    def test_the_same_token_is_the_same_export(self):
        simulator.fault("ExportTableToPointInTime", {"kind": "drop-after"})
        with self.assertRaises(ConnectionClosedError):
            self.export(ClientToken="same-export")
        again = self.export(ClientToken="same-export")
        self.assertEqual(again["ExportArn"], self.export(ClientToken="same-export")["ExportArn"])
        self.assertEqual(1, len(simulator.effects("ExportTableToPointInTime&businessKey=same-export")))
        self.refused(
            "ExportConflictException", 400, self.export, ClientToken="same-export", S3Prefix="elsewhere"
        )
        first, second = self.export(), self.export()
        self.assertNotEqual(first["ExportArn"], second["ExportArn"])
        self.assertNotEqual(first["ClientToken"], second["ClientToken"])

    def test_a_missing_bucket_is_accepted_and_fails_later(self):
        started = self.export(S3Bucket="no-such-bucket")
        self.assertEqual("IN_PROGRESS", started["ExportStatus"])
        with self.assertRaises(WaiterError) as failed:
            self.aws.get_waiter("export_completed").wait(ExportArn=started["ExportArn"])
        self.assertIn("terminal failure", str(failed.exception))
        ended = self.aws.describe_export(ExportArn=started["ExportArn"])["ExportDescription"]
        self.assertEqual(("FAILED", "S3NoSuchBucket"), (ended["ExportStatus"], ended["FailureCode"]))
        self.assertIn("bucket", ended["FailureMessage"])
        self.assertNotIn("ExportManifest", ended)

    def test_lists_exports_in_pages_newest_first(self):
        arns = []
        for _ in range(5):
            arns.insert(0, self.export()["ExportArn"])
            simulator.advance(30)
        page = self.aws.list_exports(TableArn=ORDERS, MaxResults=2)
        listed = page["ExportSummaries"]
        while "NextToken" in page:
            page = self.aws.list_exports(TableArn=ORDERS, MaxResults=2, NextToken=page["NextToken"])
            listed += page["ExportSummaries"]
        self.assertEqual(arns, [one["ExportArn"] for one in listed[:5]])
        self.assertEqual({"FULL_EXPORT"}, {one["ExportType"] for one in listed[:5]})
        self.assertEqual("COMPLETED", listed[0]["ExportStatus"])
        self.assertLessEqual(len(self.aws.list_exports()["ExportSummaries"]), 25)
        self.refused("ValidationException", 400, self.aws.list_exports, MaxResults=26)
        self.refused("ValidationException", 400, self.aws.list_exports, NextToken="made-up")

    def test_refuses_looks_at_exports_that_are_none(self):
        look = self.aws.describe_export
        one = f"{ORDERS}/export/01700000000000-abcdef12"
        self.refused("ExportNotFoundException", 400, look, ExportArn=one)
        self.refused("ExportNotFoundException", 400, look, ExportArn=one.replace(REGION, "us-east-1"))
        self.refused("AccessDeniedException", 400, look, ExportArn=one.replace(ACCOUNT, "999999999999"))
        self.refused("ValidationException", 400, look, ExportArn="x" * 40)

    def test_a_limit_is_retried_by_boto3_as_a_throttle(self):
        simulator.fault("DescribeExport", {"kind": "throttle"})
        arn = self.export()["ExportArn"]
        answer = client("dynamodb", attempts=3).describe_export(ExportArn=arn)
        self.assertEqual(1, answer["ResponseMetadata"]["RetryAttempts"])

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError) as missing:
            self.aws.export_table_to_point_in_time(TableArn=ORDERS)
        self.assertIn("S3Bucket", str(missing.exception))
        with self.assertRaises(ParamValidationError):
            self.export(ExportTime="an hour or so ago")
        with self.assertRaises(ParamValidationError):
            self.aws.list_exports(MaxResults=0)
        with self.assertRaises(ParamValidationError):
            self.aws.describe_export(ExportArn="short")
