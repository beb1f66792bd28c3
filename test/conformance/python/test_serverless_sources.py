from botocore.exceptions import ParamValidationError

from support import ACCOUNT, REGION, Case, ago, client, simulator


class Sources(Case):
    """Recovery points and snapshots."""

    service = "redshift-serverless"

    def setUp(self):
        simulator.set(serverlessSnapshotQuota=100, snapshotCopySeconds=4, recoveryPointMinutes=0)

    def points(self, **parameters):
        return self.aws.list_recovery_points(namespaceName="adhoc", **parameters)["recoveryPoints"]

    def newest(self):
        return self.points()[-1]["recoveryPointId"]

    def convert(self, name, **other):
        parameters = {"recoveryPointId": self.newest(), "snapshotName": name, **other}
        return self.aws.convert_recovery_point_to_snapshot(**parameters)["snapshot"]

    def names(self, **parameters):
        return [one["snapshotName"] for one in self.aws.list_snapshots(**parameters)["snapshots"]]

    def test_a_recovery_point_is_the_same_in_the_list_and_by_id(self):
        for point in self.points():
            self.assertEqual(
                point, self.aws.get_recovery_point(recoveryPointId=point["recoveryPointId"])["recoveryPoint"]
            )
            self.is_time(point["recoveryPointCreateTime"])
            self.assertGreater(point["totalSizeInMegaBytes"], 0)
            self.assertEqual(("adhoc", "adhoc"), (point["namespaceName"], point["workgroupName"]))
            self.assertIn(f"arn:aws:redshift-serverless:{REGION}:{ACCOUNT}:namespace/", point["namespaceArn"])

    def test_recovery_points_are_listed_by_namespace_and_time_and_in_pages(self):
        everyone = self.aws.list_recovery_points()["recoveryPoints"]
        self.assertEqual(everyone, self.points())
        self.assertEqual(
            everyone,
            self.aws.list_recovery_points(namespaceArn=everyone[0]["namespaceArn"])["recoveryPoints"],
        )
        times = [point["recoveryPointCreateTime"] for point in everyone]
        self.assertEqual(sorted(times), times)
        self.assertEqual(everyone[1:], self.points(startTime=times[1]))
        self.assertEqual(everyone[:2], self.points(endTime=times[1]))
        pages = list(
            self.aws.get_paginator("list_recovery_points").paginate(PaginationConfig={"PageSize": 1})
        )
        self.assertEqual([1] * len(everyone), [len(page["recoveryPoints"]) for page in pages])
        self.assertEqual(everyone, [one for page in pages for one in page["recoveryPoints"]])
        self.assertEqual([], self.aws.list_recovery_points(namespaceName="nowhere")["recoveryPoints"])

    def test_a_recovery_point_is_gone_after_its_day(self):
        oldest = self.points()[0]["recoveryPointId"]
        simulator.advance(13 * 60)
        error = self.refused(
            "ResourceNotFoundException", 404, self.aws.get_recovery_point, recoveryPointId=oldest
        )
        self.assertEqual(oldest, error.response["resourceName"])
        self.assertNotIn(oldest, [point["recoveryPointId"] for point in self.points()])

    def test_converts_a_recovery_point_to_a_snapshot(self):
        point = self.points()[-1]
        tags = [{"key": "team", "value": "data"}, {"key": "why", "value": "conformance"}]
        snapshot = self.convert("kept-point", retentionPeriod=30, tags=tags)
        self.assertEqual(
            ("kept-point", "CREATING", 30, 30),
            tuple(
                snapshot[key]
                for key in ("snapshotName", "status", "snapshotRetentionPeriod", "snapshotRemainingDays")
            ),
        )
        self.assertGreater(snapshot["estimatedSecondsToCompletion"], 0)
        for time in ("snapshotCreateTime", "snapshotRetentionStartTime"):
            self.is_time(snapshot[time])
        simulator.advance(60)
        after = self.aws.get_snapshot(snapshotName="kept-point")["snapshot"]
        self.assertEqual("AVAILABLE", after["status"])
        self.assertEqual(point["totalSizeInMegaBytes"], after["totalBackupSizeInMegaBytes"])
        self.assertEqual(ACCOUNT, after["ownerAccount"])
        self.assertEqual(
            ([], []), (after["accountsWithRestoreAccess"], after["accountsWithProvisionedRestoreAccess"])
        )
        self.assertEqual(
            after, self.aws.get_snapshot(snapshotArn=after["snapshotArn"], ownerAccount=ACCOUNT)["snapshot"]
        )
        found = self.aws.list_tags_for_resource(resourceArn=after["snapshotArn"])["tags"]
        self.assertEqual(tags, found)

    def test_refuses_conversions_as_its_page_says(self):
        self.convert("taken-name")
        cases = [
            ("ConflictException", 409, {"snapshotName": "taken-name"}),
            ("ResourceNotFoundException", 404, {"recoveryPointId": "4ff86bb8-8e23-4a55-a4a6-6a1ccd1a2b6f"}),
            ("ValidationException", 400, {"snapshotName": "Capital"}),
            ("ValidationException", 400, {"snapshotName": "ab"}),
            ("ValidationException", 400, {"retentionPeriod": 0}),
            ("ValidationException", 400, {"retentionPeriod": 3654}),
            (
                "ValidationException",
                400,
                {"tags": [{"key": "twice", "value": "a"}, {"key": "twice", "value": "b"}]},
            ),
            ("TooManyTagsException", 400, {"tags": [{"key": f"tag-{n}", "value": ""} for n in range(51)]}),
        ]
        for code, status, other in cases:
            with self.subTest(code=code, **{key: str(value)[:40] for key, value in other.items()}):
                self.refused(code, status, self.convert, **{"name": "never-made", **_renamed(other)})
        simulator.set(serverlessSnapshotQuota=1)
        self.refused("ServiceQuotaExceededException", 402, self.convert, name="one-too-many")
        self.assertNotIn("never-made", self.names())

    def test_creates_changes_and_deletes_a_snapshot(self):
        made = self.aws.create_snapshot(
            namespaceName="adhoc", snapshotName="by-hand", tags=[{"key": "a", "value": "b"}]
        )["snapshot"]
        self.assertEqual(
            ("CREATING", -1, "adhoc"),
            (made["status"], made["snapshotRetentionPeriod"], made["namespaceName"]),
        )
        self.is_time(made["snapshotCreateTime"], near=simulator.now())
        self.refused(
            "ConflictException", 409, self.aws.update_snapshot, snapshotName="by-hand", retentionPeriod=3
        )
        self.refused("ConflictException", 409, self.aws.delete_snapshot, snapshotName="by-hand")
        self.refused(
            "ConflictException", 409, self.aws.create_snapshot, namespaceName="adhoc", snapshotName="by-hand"
        )
        simulator.advance(600)
        changed = self.aws.update_snapshot(snapshotName="by-hand", retentionPeriod=3)["snapshot"]
        self.assertEqual((3, 3), (changed["snapshotRetentionPeriod"], changed["snapshotRemainingDays"]))
        self.assertEqual("DELETED", self.aws.delete_snapshot(snapshotName="by-hand")["snapshot"]["status"])
        for call in (self.aws.get_snapshot, self.aws.update_snapshot, self.aws.delete_snapshot):
            error = self.refused("ResourceNotFoundException", 404, call, snapshotName="by-hand")
            self.assertEqual("by-hand", error.response["resourceName"])

    def test_refuses_other_snapshot_calls(self):
        self.refused("ValidationException", 400, self.aws.get_snapshot)
        self.refused(
            "ResourceNotFoundException",
            404,
            self.aws.get_snapshot,
            snapshotName="adhoc-weekly",
            ownerAccount="999999999999",
        )
        self.refused(
            "ResourceNotFoundException",
            404,
            self.aws.create_snapshot,
            namespaceName="nowhere",
            snapshotName="any-name",
        )
        self.refused(
            "ValidationException",
            400,
            self.aws.update_snapshot,
            snapshotName="adhoc-weekly",
            retentionPeriod=2,
        )
        self.refused("ResourceNotFoundException", 404, self.aws.list_snapshots, namespaceName="nowhere")
        arn = f"arn:aws:redshift-serverless:{REGION}:{ACCOUNT}:snapshot/nothing"
        self.refused("ResourceNotFoundException", 404, self.aws.list_tags_for_resource, resourceArn=arn)
        simulator.set(serverlessSnapshotQuota=1)
        self.refused(
            "ServiceQuotaExceededException",
            402,
            self.aws.create_snapshot,
            namespaceName="adhoc",
            snapshotName="any-name",
        )

    def test_a_snapshot_that_is_cancelled_says_so_with_two_l(self):
        simulator.fault("CreateSnapshot", {"kind": "terminal", "status": "CANCELLED"})
        self.aws.create_snapshot(namespaceName="adhoc", snapshotName="cancelled-one")
        simulator.advance(600)
        self.assertEqual(
            "CANCELLED", self.aws.get_snapshot(snapshotName="cancelled-one")["snapshot"]["status"]
        )

    def test_snapshots_are_listed_by_namespace_owner_and_time_and_in_pages(self):
        for number in range(5):
            self.aws.create_snapshot(namespaceName="adhoc", snapshotName=f"many-{number}")
        listed = self.names(namespaceName="adhoc")
        self.assertGreater(len(listed), 5)
        arn = self.aws.get_namespace(namespaceName="adhoc")["namespace"]["namespaceArn"]
        self.assertEqual(listed, self.names(namespaceArn=arn, ownerAccount=ACCOUNT))
        self.assertEqual([], self.names(ownerAccount="999999999999"))
        self.assertNotIn("many-0", self.names(endTime=ago(days=1)))
        self.assertNotIn("adhoc-weekly", self.names(startTime=ago(days=1)))
        pages = list(self.aws.get_paginator("list_snapshots").paginate(PaginationConfig={"PageSize": 2}))
        self.assertEqual(2, len(pages[0]["snapshots"]))
        self.assertEqual(listed, [one["snapshotName"] for page in pages for one in page["snapshots"]])

    def test_a_throttled_look_is_sent_again_unless_it_comes_wrapped(self):
        patient = client("redshift-serverless", attempts=3)
        simulator.fault("ListSnapshots", {"kind": "throttle"})
        self.assertEqual(1, patient.list_snapshots()["ResponseMetadata"]["RetryAttempts"])
        simulator.fault("ListSnapshots", {"kind": "throttle", "wrapped": True})
        error = self.refused("ValidationException", 400, patient.list_snapshots)
        self.says("ThrottlingException", error)

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError):
            self.aws.convert_recovery_point_to_snapshot(snapshotName="no-point")
        with self.assertRaises(ParamValidationError):
            self.convert("typed-tags", tags=["team"])
        with self.assertRaises(ParamValidationError):
            self.points(startTime="yesterday evening")


def _renamed(other):
    """`convert` takes the snapshot's name as its first argument."""
    return {"name" if key == "snapshotName" else key: value for key, value in other.items()}
