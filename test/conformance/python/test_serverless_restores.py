from botocore.exceptions import ConnectionClosedError, ParamValidationError

from support import Case, ago, simulator

RESTORE = {
    "namespaceName": "adhoc",
    "workgroupName": "adhoc",
    "sourceDatabaseName": "dev",
    "sourceSchemaName": "public",
    "sourceTableName": "events_live",
    "targetDatabaseName": "dev",
    "targetSchemaName": "public",
}


class Restores(Case):
    service = "redshift-serverless"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        points = cls.aws.list_recovery_points(endTime=ago(hours=1))["recoveryPoints"]
        cls.good_point = points[-1]["recoveryPointId"]  # from before the rows were lost

    def setUp(self):
        simulator.advance(600)  # past the busy time of the test before
        simulator.set(
            recoveryPointMinutes=0,
            busyAfterRestoreSeconds=0,
            serverlessRestoreQueueLength=0,
            existingTarget="refuse",
        )

    def from_point(self, table, **other):
        parameters = {**RESTORE, "recoveryPointId": self.good_point, "newTableName": table, **other}
        return self.aws.restore_table_from_recovery_point(**parameters)["tableRestoreStatus"]

    def from_snapshot(self, table, **other):
        parameters = {**RESTORE, "snapshotName": "adhoc-weekly", "newTableName": table, **other}
        return self.aws.restore_table_from_snapshot(**parameters)["tableRestoreStatus"]

    def look(self, request):
        return self.aws.get_table_restore_status(tableRestoreRequestId=request["tableRestoreRequestId"])[
            "tableRestoreStatus"
        ]

    def ended(self, request):
        for _ in range(60):
            status = self.look(request)
            if status["status"] not in ("PENDING", "IN_PROGRESS"):
                return status
            simulator.advance(10)
        return self.fail("the restore does not end")

    def test_restores_from_a_recovery_point_with_its_rows(self):
        point = self.good_point
        request = self.from_point("events_back")
        asked = {**RESTORE, "recoveryPointId": point, "newTableName": "events_back", "status": "PENDING"}
        self.assertEqual(asked, {key: request[key] for key in asked})
        self.is_time(request["requestTime"], near=simulator.now())
        for early in ("snapshotName", "totalDataInMegaBytes", "progressInMegaBytes", "message"):
            self.assertNotIn(early, request)
        simulator.advance(3)
        running = self.look(request)
        self.assertEqual("IN_PROGRESS", running["status"])
        self.assertLessEqual(running["progressInMegaBytes"], running["totalDataInMegaBytes"])
        self.assertEqual("SUCCEEDED", self.ended(request)["status"])
        self.assertEqual(1000, simulator.count("adhoc", "public.events_back"))

    def test_restores_from_a_snapshot_with_its_rows(self):
        request = self.from_snapshot("events_weekly")
        self.assertEqual("adhoc-weekly", request["snapshotName"])
        self.assertNotIn("recoveryPointId", request)
        self.assertEqual("SUCCEEDED", self.ended(request)["status"])
        self.assertEqual(600, simulator.count("adhoc", "public.events_weekly"))

    def test_schemas_default_and_names_are_folded_unless_asked_otherwise(self):
        request = self.aws.restore_table_from_recovery_point(
            namespaceName="adhoc",
            workgroupName="adhoc",
            recoveryPointId=self.good_point,
            sourceDatabaseName="dev",
            sourceTableName="Events_Live",
            newTableName="Events_Folded",
            activateCaseSensitiveIdentifier=False,
        )["tableRestoreStatus"]
        self.assertEqual(("public", "events_folded"), (request["sourceSchemaName"], request["newTableName"]))
        self.ended(request)
        self.refused(
            "ValidationException",
            400,
            self.from_point,
            table="x",
            sourceTableName="Events_Live",
            activateCaseSensitiveIdentifier=True,
        )

    def test_refuses_both_restores_as_their_pages_say(self):
        self.ended(self.from_snapshot("there_already"))
        cases = [
            ("ResourceNotFoundException", 404, {"namespaceName": "nowhere"}),
            ("ResourceNotFoundException", 404, {"workgroupName": "nowhere"}),
            ("ValidationException", 400, {"sourceTableName": "no_such_table"}),
            ("ValidationException", 400, {"sourceSchemaName": "no_such_schema"}),
            ("ValidationException", 400, {"targetSchemaName": "no_such_schema"}),
            ("ValidationException", 400, {"targetDatabaseName": "no_such_database"}),
            ("ValidationException", 400, {"newTableName": "there_already"}),
            ("ValidationException", 400, {"sourceTableName": "page_views"}),
        ]
        for restore in (self.from_point, self.from_snapshot):
            for code, status, other in cases:
                with self.subTest(restore=restore.__name__, code=code, **other):
                    name = (
                        {"table": other["newTableName"]} if "newTableName" in other else {"table": "refused"}
                    )
                    self.refused(code, status, restore, **{**other, **name})
        unknown = "4ff86bb8-8e23-4a55-a4a6-6a1ccd1a2b6f"
        self.refused(
            "ResourceNotFoundException", 404, self.from_point, table="refused", recoveryPointId=unknown
        )
        self.refused(
            "ResourceNotFoundException",
            404,
            self.from_snapshot,
            table="refused",
            snapshotName="nothing-there",
        )

    def test_one_restore_at_a_time_and_a_busy_time_after_it(self):
        simulator.set(busyAfterRestoreSeconds=300)
        first = self.from_point("first_one")
        self.refused("ConflictException", 409, self.from_point, table="second_one")
        self.refused("ConflictException", 409, self.from_snapshot, table="second_one")
        self.ended(first)
        self.says(
            "There is an operation running",
            self.refused("ConflictException", 409, self.from_point, table="second_one"),
        )
        simulator.advance(301)
        self.ended(self.from_point("second_one"))

    def test_a_lost_answer_leaves_one_restore_that_the_list_shows(self):
        simulator.fault("RestoreTableFromRecoveryPoint", {"kind": "drop-after"})
        with self.assertRaises(ConnectionClosedError):
            self.from_point("lost_answer")
        found = [
            one
            for one in self.aws.list_table_restore_status(namespaceName="adhoc")["tableRestoreStatuses"]
            if one["newTableName"] == "lost_answer"
        ]
        self.assertEqual(1, len(found))
        self.assertEqual("SUCCEEDED", self.ended(found[0])["status"])

    def test_ends_that_are_not_good_come_with_a_message_and_one_l(self):
        for status in ("FAILED", "CANCELED"):
            action = {"kind": "terminal", "status": status, "message": f"it was {status}"}
            simulator.fault("RestoreTableFromSnapshot", action)
            ended = self.ended(self.from_snapshot(f"ends_{status.lower()}"))
            self.assertEqual((status, f"it was {status}"), (ended["status"], ended["message"]))

    def test_lists_restores_in_pages_by_namespace_and_workgroup(self):
        simulator.set(serverlessRestoreQueueLength=10)
        asked = [self.from_snapshot(f"listed_{number}")["tableRestoreRequestId"] for number in range(5)]
        paginator = self.aws.get_paginator("list_table_restore_status")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 2}))
        self.assertEqual(2, len(pages[0]["tableRestoreStatuses"]))
        listed = [one["tableRestoreRequestId"] for page in pages for one in page["tableRestoreStatuses"]]
        self.assertEqual(sorted(asked), sorted(listed[-5:]))
        both = paginator.paginate(namespaceName="adhoc", workgroupName="adhoc").build_full_result()
        self.assertEqual(listed, [one["tableRestoreRequestId"] for one in both["tableRestoreStatuses"]])
        simulator.advance(600)
        self.assertEqual("SUCCEEDED", self.ended({"tableRestoreRequestId": asked[-1]})["status"])

    def test_refuses_looks_at_what_is_not_there(self):
        unknown = "4ff86bb8-8e23-4a55-a4a6-6a1ccd1a2b6f"
        error = self.refused(
            "ResourceNotFoundException", 404, self.aws.get_table_restore_status, tableRestoreRequestId=unknown
        )
        self.assertEqual(unknown, error.response["resourceName"])
        listing = self.aws.list_table_restore_status
        self.refused("ResourceNotFoundException", 404, listing, namespaceName="nowhere")
        self.refused("ResourceNotFoundException", 404, listing, workgroupName="nowhere")
        self.refused("InvalidPaginationException", 400, listing, nextToken="made-up-token")
        self.refused("ValidationException", 400, listing, maxResults=101)

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError) as missing:
            self.aws.restore_table_from_recovery_point(namespaceName="adhoc")
        for name in (
            "workgroupName",
            "recoveryPointId",
            "sourceDatabaseName",
            "sourceTableName",
            "newTableName",
        ):
            self.assertIn(name, str(missing.exception))
        with self.assertRaises(ParamValidationError):
            self.from_snapshot("x", SnapshotName="adhoc-weekly")
        with self.assertRaises(ParamValidationError):
            self.aws.list_table_restore_status(nextToken="short")
