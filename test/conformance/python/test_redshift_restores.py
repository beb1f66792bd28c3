from botocore.exceptions import ParamValidationError

from support import Case, simulator

RESTORE = {
    "ClusterIdentifier": "analytics",
    "SourceDatabaseName": "dev",
    "SourceSchemaName": "public",
    "SourceTableName": "orders",
    "TargetDatabaseName": "dev",
    "TargetSchemaName": "public",
}


class Restores(Case):
    service = "redshift"

    def setUp(self):
        simulator.advance(600)  # past the busy time of the test before
        simulator.set(
            restoreQueueLength=5, busyAfterRestoreSeconds=0, existingTarget="refuse", restoreListMode="all"
        )

    def automated(self, cluster="analytics"):
        found = self.aws.describe_cluster_snapshots(ClusterIdentifier=cluster, SnapshotType="automated")
        return found["Snapshots"][0]["SnapshotIdentifier"]

    def restore(self, table, **other):
        parameters = {**RESTORE, "SnapshotIdentifier": self.automated(), "NewTableName": table, **other}
        return self.aws.restore_table_from_cluster_snapshot(**parameters)["TableRestoreStatus"]

    def look(self, request):
        found = self.aws.describe_table_restore_status(TableRestoreRequestId=request["TableRestoreRequestId"])
        self.assertEqual(1, len(found["TableRestoreStatusDetails"]))
        return found["TableRestoreStatusDetails"][0]

    def ended(self, request):
        for _ in range(60):
            status = self.look(request)
            if status["Status"] not in ("PENDING", "IN_PROGRESS"):
                return status
            simulator.advance(10)
        return self.fail("the restore does not end")

    def test_restores_a_table_with_its_rows(self):
        asked = simulator.now()
        request = self.restore("orders_restored")
        self.is_time(request["RequestTime"], near=asked)
        names = {
            "ClusterIdentifier": "analytics",
            "SnapshotIdentifier": self.automated(),
            "SourceDatabaseName": "dev",
            "SourceSchemaName": "public",
            "SourceTableName": "orders",
            "TargetDatabaseName": "dev",
            "TargetSchemaName": "public",
            "NewTableName": "orders_restored",
        }
        self.assertEqual(names, {key: request[key] for key in names})
        self.assertEqual("PENDING", request["Status"])
        for early in ("TotalDataInMegaBytes", "ProgressInMegaBytes", "Message"):
            self.assertNotIn(early, request)
        simulator.advance(3)
        running = self.look(request)
        self.assertEqual("IN_PROGRESS", running["Status"])
        self.assertGreater(running["TotalDataInMegaBytes"], 0)
        self.assertLess(running["ProgressInMegaBytes"], running["TotalDataInMegaBytes"])
        done = self.ended(request)
        self.assertEqual("SUCCEEDED", done["Status"])
        self.assertEqual(done["TotalDataInMegaBytes"], done["ProgressInMegaBytes"])
        self.assertEqual(2000, simulator.count("analytics", "public.orders_restored"))

    def test_schemas_default_and_names_are_folded_unless_asked_otherwise(self):
        request = self.aws.restore_table_from_cluster_snapshot(
            ClusterIdentifier="analytics",
            SnapshotIdentifier=self.automated(),
            SourceDatabaseName="dev",
            SourceTableName="Customers",
            NewTableName="Customers_Again",
            EnableCaseSensitiveIdentifier=False,
        )["TableRestoreStatus"]
        self.assertEqual(
            ("public", "customers_again"), (request["SourceSchemaName"], request["NewTableName"])
        )
        self.ended(request)
        self.refused(
            "InvalidTableRestoreArgument",
            400,
            self.restore,
            table="x",
            SourceTableName="Customers",
            EnableCaseSensitiveIdentifier=True,
        )

    def test_refuses_with_each_of_its_seven_faults(self):
        self.ended(self.restore("there_already"))
        cases = [
            ("ClusterNotFound", 404, {"ClusterIdentifier": "nowhere"}),
            ("ClusterSnapshotNotFound", 404, {"SnapshotIdentifier": "nothing"}),
            ("ClusterSnapshotNotFound", 404, {"SnapshotIdentifier": self.automated("reporting")}),
            ("InvalidTableRestoreArgument", 400, {"SourceTableName": "no_such_table"}),
            ("InvalidTableRestoreArgument", 400, {"SourceDatabaseName": "no_such_database"}),
            ("InvalidTableRestoreArgument", 400, {"TargetSchemaName": "no_such_schema"}),
            ("InvalidTableRestoreArgument", 400, {"TargetDatabaseName": "no_such_database"}),
            ("InvalidTableRestoreArgument", 400, {"NewTableName": "there_already"}),
            ("UnsupportedOperation", 400, {"SourceTableName": "clicks"}),
        ]
        for code, status, other in cases:
            with self.subTest(code=code, **other):
                self.refused(code, status, self.restore, **{"table": "refused", **other})
        simulator.set(snapshotCopySeconds=60)
        self.aws.copy_cluster_snapshot(
            SourceSnapshotIdentifier=self.automated(), TargetSnapshotIdentifier="not-yet-there"
        )
        self.refused(
            "InvalidClusterSnapshotState",
            400,
            self.restore,
            table="refused",
            SnapshotIdentifier="not-yet-there",
        )
        simulator.set(restoreQueueLength=0)
        running = self.restore("running")
        self.refused("InProgressTableRestoreQuotaExceededFault", 400, self.restore, table="refused")
        simulator.set(busyAfterRestoreSeconds=300)
        self.ended(running)
        busy = self.refused("InvalidClusterState", 400, self.restore, table="refused")
        self.says("There is an operation running on the Cluster", busy)
        simulator.advance(301)
        self.ended(self.restore("after_all"))

    def test_a_paused_cluster_restores_nothing(self):
        self.aws.pause_cluster(ClusterIdentifier="analytics")
        self.refused("InvalidClusterState", 400, self.restore, table="refused")
        simulator.advance(20)
        self.aws.resume_cluster(ClusterIdentifier="analytics")
        self.aws.get_waiter("cluster_available").wait(ClusterIdentifier="analytics")

    def test_ends_that_are_not_good_come_with_a_message(self):
        for status in ("FAILED", "CANCELED"):
            simulator.fault(
                "RestoreTableFromClusterSnapshot",
                {"kind": "terminal", "status": status, "message": f"it was {status}"},
            )
            ended = self.ended(self.restore(f"ends_{status.lower()}"))
            self.assertEqual((status, f"it was {status}"), (ended["Status"], ended["Message"]))
        simulator.set(existingTarget="fail-later")
        ended = self.ended(self.restore("orders"))
        self.assertEqual("FAILED", ended["Status"])
        self.assertIn("already exists", ended["Message"])

    def test_lists_restores_in_pages_and_by_cluster(self):
        simulator.set(restoreQueueLength=30)
        asked = [self.restore(f"queued_{number}")["TableRestoreRequestId"] for number in range(23)]
        paginator = self.aws.get_paginator("describe_table_restore_status")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 20}))
        self.assertGreater(len(pages), 1)
        listed = [one["TableRestoreRequestId"] for page in pages for one in page["TableRestoreStatusDetails"]]
        self.assertEqual(asked, listed[-23:])
        of_cluster = paginator.paginate(ClusterIdentifier="analytics").build_full_result()
        self.assertEqual(
            listed, [one["TableRestoreRequestId"] for one in of_cluster["TableRestoreStatusDetails"]]
        )
        of_other = self.aws.describe_table_restore_status(ClusterIdentifier="reporting")
        self.assertEqual([], of_other["TableRestoreStatusDetails"])
        running = [
            one
            for page in pages
            for one in page["TableRestoreStatusDetails"]
            if one["Status"] in ("PENDING", "IN_PROGRESS")
        ]
        simulator.set(restoreListMode="in-progress")
        self.assertEqual(len(running), len(list(paginator.paginate().search("TableRestoreStatusDetails[]"))))
        simulator.advance(600)
        self.ended({"TableRestoreRequestId": asked[-1]})

    def test_unknown_restores_and_clusters_are_refused(self):
        look = self.aws.describe_table_restore_status
        self.refused("TableRestoreNotFoundFault", 400, look, TableRestoreRequestId="nothing")
        self.refused("ClusterNotFound", 404, look, ClusterIdentifier="nowhere")
        self.refused("InvalidParameterValue", 400, look, MaxRecords=5)

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError) as missing:
            self.aws.restore_table_from_cluster_snapshot(ClusterIdentifier="analytics")
        for name in ("SnapshotIdentifier", "SourceDatabaseName", "SourceTableName", "NewTableName"):
            self.assertIn(name, str(missing.exception))
        with self.assertRaises(ParamValidationError):
            self.restore("x", EnableCaseSensitiveIdentifier="yes")
