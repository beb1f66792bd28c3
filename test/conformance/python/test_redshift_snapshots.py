from datetime import timedelta

from botocore.exceptions import ParamValidationError, WaiterError

from support import ACCOUNT, REGION, Case, ago, client, simulator

ARN = f"arn:aws:redshift:{REGION}:{ACCOUNT}:snapshot:analytics/"


class Snapshots(Case):
    service = "redshift"

    def setUp(self):
        simulator.set(manualSnapshotQuota=100)

    def names(self, **parameters):
        return [
            one["SnapshotIdentifier"]
            for one in self.aws.describe_cluster_snapshots(**parameters)["Snapshots"]
        ]

    def automated(self, cluster="analytics"):
        return self.names(ClusterIdentifier=cluster, SnapshotType="automated")[0]

    def copy(self, target, **parameters):
        return self.aws.copy_cluster_snapshot(
            SourceSnapshotIdentifier=self.automated(), TargetSnapshotIdentifier=target, **parameters
        )["Snapshot"]

    def test_shows_an_automated_snapshot_whole(self):
        [snapshot] = self.aws.describe_cluster_snapshots(SnapshotIdentifier=self.automated())["Snapshots"]
        self.assertTrue(snapshot["SnapshotIdentifier"].startswith("rs:analytics-"))
        self.is_time(snapshot["SnapshotCreateTime"], near=ago(hours=6), within=3600)
        self.is_time(snapshot["ClusterCreateTime"])
        self.is_time(snapshot["SnapshotRetentionStartTime"])
        self.assertEqual(("available", "automated"), (snapshot["Status"], snapshot["SnapshotType"]))
        self.assertEqual(("analytics", ACCOUNT), (snapshot["ClusterIdentifier"], snapshot["OwnerAccount"]))
        self.assertEqual(ARN + snapshot["SnapshotIdentifier"], snapshot["SnapshotArn"])
        self.assertEqual((5439, False), (snapshot["Port"], snapshot["Encrypted"]))
        self.assertIsInstance(snapshot["TotalBackupSizeInMegaBytes"], float)
        self.assertIsInstance(snapshot["CurrentBackupRateInMegaBytesPerSecond"], float)
        self.assertEqual(0, snapshot["EstimatedSecondsToCompletion"])
        self.assertEqual(1, len(snapshot["RestorableNodeTypes"]))
        self.assertNotIn("ManualSnapshotRetentionPeriod", snapshot)
        self.assertNotIn("AccountsWithRestoreAccess", snapshot)

    def test_filters_by_cluster_and_type_and_arn_and_time(self):
        self.assertEqual(2, len(self.names(SnapshotType="automated")))
        self.assertIn("analytics-weekly", self.names(ClusterIdentifier="analytics", SnapshotType="manual"))
        self.assertEqual(["analytics-weekly"], self.names(SnapshotArn=ARN + "analytics-weekly"))
        old = self.names(ClusterIdentifier="analytics", EndTime=ago(days=1))
        self.assertIn("analytics-weekly", old)
        self.assertNotIn(self.automated(), old)
        self.assertNotIn("analytics-weekly", self.names(StartTime=ago(days=1)))
        self.assertEqual([], self.names(ClusterIdentifier="analytics", ClusterExists=False))

    def test_finds_by_tags_and_sorts(self):
        for name, team in (("tagged-a", "red"), ("tagged-b", "blue")):
            self.aws.create_cluster_snapshot(
                SnapshotIdentifier=name,
                ClusterIdentifier="analytics",
                Tags=[{"Key": "team", "Value": team}, {"Key": "by", "Value": "conformance"}],
            )
            simulator.advance(60)
        self.assertEqual(["tagged-a", "tagged-b"], self.names(TagKeys=["team"]))
        self.assertEqual(["tagged-b"], self.names(TagKeys=["team"], TagValues=["blue"]))
        newest = [{"Attribute": "CREATE_TIME", "SortOrder": "DESC"}]
        self.assertEqual(["tagged-b", "tagged-a"], self.names(TagKeys=["team"], SortingEntities=newest))
        [tagged] = self.aws.describe_cluster_snapshots(SnapshotIdentifier="tagged-a")["Snapshots"]
        self.assertEqual(
            [{"Key": "team", "Value": "red"}, {"Key": "by", "Value": "conformance"}], tagged["Tags"]
        )

    def test_copies_an_automated_snapshot_and_waits_until_it_is_available(self):
        simulator.set(snapshotCopySeconds=20)
        asked = simulator.now()
        copy = self.copy("kept-copy", ManualSnapshotRetentionPeriod=30)
        self.assertEqual(("creating", "manual"), (copy["Status"], copy["SnapshotType"]))
        self.assertEqual(
            (30, 30), (copy["ManualSnapshotRetentionPeriod"], copy["ManualSnapshotRemainingDays"])
        )
        self.assertEqual(0, copy["BackupProgressInMegaBytes"])
        self.assertGreater(copy["EstimatedSecondsToCompletion"], 19)
        self.aws.get_waiter("snapshot_available").wait(SnapshotIdentifier="kept-copy")
        self.assertEqual(
            30, (simulator.now() - asked).total_seconds(), "two sleeps of the waiter's 15 seconds"
        )
        [after] = self.aws.describe_cluster_snapshots(SnapshotIdentifier="kept-copy")["Snapshots"]
        [source] = self.aws.describe_cluster_snapshots(SnapshotIdentifier=self.automated())["Snapshots"]
        self.assertEqual("available", after["Status"])
        self.assertEqual(after["TotalBackupSizeInMegaBytes"], after["BackupProgressInMegaBytes"])
        self.assertEqual(source["SnapshotCreateTime"], after["SnapshotCreateTime"])
        self.assertEqual(1, len(simulator.effects("CopyClusterSnapshot&businessKey=kept-copy")))

    def test_the_waiter_gives_up_after_five_minutes_and_at_once_when_the_copy_fails(self):
        simulator.set(snapshotCopySeconds=3600)
        self.copy("slow-copy")
        began = simulator.now()
        with self.assertRaises(WaiterError) as late:
            self.aws.get_waiter("snapshot_available").wait(SnapshotIdentifier="slow-copy")
        self.assertIn("Max attempts exceeded", str(late.exception))
        self.assertEqual(timedelta(seconds=19 * 15), simulator.now() - began)
        simulator.set(snapshotCopySeconds=4)
        simulator.fault("CopyClusterSnapshot", {"kind": "terminal", "status": "failed"})
        self.copy("failed-copy")
        with self.assertRaises(WaiterError) as failed:
            self.aws.get_waiter("snapshot_available").wait(SnapshotIdentifier="failed-copy")
        self.assertIn("terminal failure", str(failed.exception))

    def test_refuses_copies_as_its_page_says(self):
        copy = self.aws.copy_cluster_snapshot
        automated = self.automated()
        self.copy("taken-name")
        cases = [
            ("ClusterSnapshotAlreadyExists", 400, automated, "taken-name", {}),
            ("ClusterSnapshotNotFound", 404, "rs:nothing", "some-copy", {}),
            (
                "ClusterSnapshotNotFound",
                404,
                automated,
                "some-copy",
                {"SourceSnapshotClusterIdentifier": "reporting"},
            ),
            ("InvalidClusterSnapshotState", 400, "analytics-weekly", "some-copy", {}),
            (
                "InvalidRetentionPeriodFault",
                400,
                automated,
                "some-copy",
                {"ManualSnapshotRetentionPeriod": 0},
            ),
            (
                "InvalidRetentionPeriodFault",
                400,
                automated,
                "some-copy",
                {"ManualSnapshotRetentionPeriod": 3654},
            ),
            ("InvalidParameterValue", 400, automated, "9-digits-first", {}),
            ("InvalidParameterValue", 400, automated, "two--hyphens", {}),
        ]
        for code, status, source, target, more in cases:
            with self.subTest(code=code, source=source, target=target):
                self.refused(
                    code,
                    status,
                    copy,
                    SourceSnapshotIdentifier=source,
                    TargetSnapshotIdentifier=target,
                    **more,
                )
        simulator.set(manualSnapshotQuota=1)
        self.refused(
            "ClusterSnapshotQuotaExceeded",
            400,
            copy,
            SourceSnapshotIdentifier=automated,
            TargetSnapshotIdentifier="one-too-many",
        )
        self.assertNotIn("some-copy", self.names())

    def test_creates_changes_and_deletes_a_snapshot(self):
        made = self.aws.create_cluster_snapshot(
            SnapshotIdentifier="By-Hand", ClusterIdentifier="analytics", ManualSnapshotRetentionPeriod=7
        )["Snapshot"]
        self.assertEqual(("by-hand", "creating"), (made["SnapshotIdentifier"], made["Status"]))
        self.is_time(made["SnapshotCreateTime"], near=simulator.now())
        name = {"SnapshotIdentifier": "by-hand"}
        self.refused("InvalidClusterSnapshotState", 400, self.aws.delete_cluster_snapshot, **name)
        self.aws.get_waiter("snapshot_available").wait(**name)
        changed = self.aws.modify_cluster_snapshot(**name, ManualSnapshotRetentionPeriod=-1)["Snapshot"]
        self.assertEqual(-1, changed["ManualSnapshotRetentionPeriod"])
        self.assertNotIn("ManualSnapshotRemainingDays", changed)
        gone = self.aws.delete_cluster_snapshot(**name, SnapshotClusterIdentifier="analytics")["Snapshot"]
        self.assertEqual("deleted", gone["Status"])
        self.refused("ClusterSnapshotNotFound", 404, self.aws.describe_cluster_snapshots, **name)

    def test_refuses_other_changes(self):
        automated = {"SnapshotIdentifier": self.automated()}
        create, modify, delete = (
            self.aws.create_cluster_snapshot,
            self.aws.modify_cluster_snapshot,
            self.aws.delete_cluster_snapshot,
        )
        weekly = {"SnapshotIdentifier": "analytics-weekly"}
        nothing = {"SnapshotIdentifier": "nothing"}
        cluster = {"ClusterIdentifier": "analytics"}
        self.refused("ClusterNotFound", 404, create, **nothing, ClusterIdentifier="nowhere")
        self.refused("ClusterSnapshotAlreadyExists", 400, create, **weekly, **cluster)
        self.refused(
            "InvalidRetentionPeriodFault", 400, create, **nothing, **cluster, ManualSnapshotRetentionPeriod=0
        )
        self.refused("InvalidClusterSnapshotState", 400, delete, **automated)
        self.refused("ClusterSnapshotNotFound", 404, delete, **nothing)
        self.refused("InvalidClusterSnapshotState", 400, modify, **automated, ManualSnapshotRetentionPeriod=3)
        self.refused("ClusterSnapshotNotFound", 404, modify, **nothing)
        self.refused("InvalidRetentionPeriodFault", 400, modify, **weekly, ManualSnapshotRetentionPeriod=3)
        self.refused("InvalidParameterValue", 400, self.aws.describe_cluster_snapshots, SnapshotType="other")
        self.refused(
            "InvalidParameterCombination", 400, self.aws.describe_cluster_snapshots, ClusterExists=True
        )
        simulator.set(manualSnapshotQuota=1)
        self.refused("ClusterSnapshotQuotaExceeded", 400, create, **nothing, **cluster)
        self.aws.pause_cluster(ClusterIdentifier="reporting")
        self.refused("InvalidClusterState", 400, create, **nothing, ClusterIdentifier="reporting")

    def test_pages_through_more_snapshots_than_a_page_holds(self):
        for number in range(45):
            self.copy(f"many-{number:02}")
        all_of_them = self.names()
        self.assertGreater(len(all_of_them), 45)
        paginator = self.aws.get_paginator("describe_cluster_snapshots")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 20}))
        self.assertEqual([20, 20], [len(page["Snapshots"]) for page in pages[:2]])
        self.assertNotIn("Marker", pages[-1])
        paged = [one["SnapshotIdentifier"] for page in pages for one in page["Snapshots"]]
        self.assertEqual(all_of_them, paged)
        self.assertEqual(len(set(paged)), len(paged))
        some = paginator.paginate(PaginationConfig={"PageSize": 20, "MaxItems": 25}).build_full_result()
        rest = paginator.paginate(PaginationConfig={"PageSize": 20, "StartingToken": some["NextToken"]})
        again = some["Snapshots"] + rest.build_full_result()["Snapshots"]
        self.assertEqual(all_of_them, [one["SnapshotIdentifier"] for one in again])
        manual = paginator.paginate(ClusterIdentifier="analytics", SnapshotType="manual")
        self.assertEqual(45, len(list(manual.search("Snapshots[?starts_with(SnapshotIdentifier, 'many-')]"))))

    def test_a_throttled_copy_is_sent_again_by_boto3(self):
        simulator.fault("CopyClusterSnapshot", {"kind": "throttle"})
        automated = self.automated()
        copied = client("redshift", attempts=3).copy_cluster_snapshot(
            SourceSnapshotIdentifier=automated, TargetSnapshotIdentifier="after-throttle"
        )
        self.assertEqual(1, copied["ResponseMetadata"]["RetryAttempts"])
        outcomes = [
            line["outcome"]
            for line in simulator.log("CopyClusterSnapshot")
            if line["parameters"]["TargetSnapshotIdentifier"] == "after-throttle"
        ]
        self.assertEqual(["Throttling", "ok"], outcomes)

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError) as missing:
            self.aws.copy_cluster_snapshot(SourceSnapshotIdentifier="rs:any")
        self.assertIn("TargetSnapshotIdentifier", str(missing.exception))
        with self.assertRaises(ParamValidationError):
            self.copy("typed", ManualSnapshotRetentionPeriod="ten")
        with self.assertRaises(ParamValidationError):
            self.aws.describe_cluster_snapshots(SortingEntities=[{"SortOrder": "ASC"}])
