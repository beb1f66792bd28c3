import uuid

from botocore.exceptions import ConnectionClosedError, ParamValidationError

from support import ACCOUNT, REGION, Case, client, simulator

CLUSTER = {"ClusterIdentifier": "analytics", "Database": "dev"}
WORKGROUP = {"WorkgroupName": "adhoc", "Database": "dev"}
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:reader-AbCdEf"
NOBODY = "4ff86bb8-8e23-4a55-a4a6-6a1ccd1a2b6f"


class Statements(Case):
    service = "redshift-data"
    fresh = False

    def setUp(self):
        simulator.set(statementSeconds=0.05, maxActiveStatements=200)

    def execute(self, sql, target=CLUSTER, **other):
        return self.aws.execute_statement(**target, Sql=sql, **other)

    def done(self, sql, target=CLUSTER, **other):
        answer = self.execute(sql, target, **other)
        simulator.advance(1)
        return self.aws.describe_statement(Id=answer["Id"])

    def rows(self, sql, **other):
        return self.aws.get_statement_result(Id=self.done(sql, **other)["Id"])

    def test_starts_a_statement_and_follows_it_to_its_end(self):
        simulator.set(statementSeconds=10)
        started = self.execute(
            "select count(*) from public.orders", DbUser="reader", StatementName="count orders"
        )
        self.is_time(started["CreatedAt"], near=simulator.now())
        self.assertEqual(
            ("analytics", "dev", "reader"),
            tuple(started[key] for key in ("ClusterIdentifier", "Database", "DbUser")),
        )
        uuid.UUID(started["Id"])
        seen = []
        for seconds in (0, 1, 5, 5):
            simulator.advance(seconds)
            seen.append(self.aws.describe_statement(Id=started["Id"]))
        self.assertEqual(["SUBMITTED", "PICKED", "STARTED", "FINISHED"], [one["Status"] for one in seen])
        self.assertEqual((-1, -1), (seen[0]["ResultRows"], seen[0]["Duration"]))
        self.assertFalse(seen[0]["HasResultSet"])
        end = seen[-1]
        self.assertEqual(
            (1, True, "select count(*) from public.orders"),
            (end["ResultRows"], end["HasResultSet"], end["QueryString"]),
        )
        self.assertEqual(10_000_000_000, end["Duration"])
        self.assertGreater(end["ResultSize"], 0)
        self.assertGreater(end["RedshiftQueryId"], 0)
        self.assertGreater(end["RedshiftPid"], 0)
        self.is_time(end["UpdatedAt"], near=simulator.now(), within=5)
        self.assertNotIn("Error", end)

    def test_reads_every_kind_of_field(self):
        result = self.rows(
            "select 1::bigint as l, 2.5::float8 as d, 'text'::varchar as s, true as b, null::int as n, 1.50::numeric(8,2) as m,"
            " date '2026-11-21' as day, timestamp '2026-11-21 10:00:00' as at, decode('00ff10', 'hex') as raw"
        )
        [row] = result["Records"]
        self.assertEqual(
            [
                {"longValue": 1},
                {"doubleValue": 2.5},
                {"stringValue": "text"},
                {"booleanValue": True},
                {"isNull": True},
                {"stringValue": "1.50"},
                {"stringValue": "2026-11-21"},
                {"stringValue": "2026-11-21 10:00:00"},
                {"blobValue": b"\x00\xff\x10"},
            ],
            row,
        )
        self.assertEqual(1, result["TotalNumRows"])
        columns = {column["name"]: column for column in result["ColumnMetadata"]}
        self.assertEqual(
            list("ldsbnm") + ["day", "at", "raw"], [column["label"] for column in result["ColumnMetadata"]]
        )
        self.assertEqual(
            ("int8", True, "numeric", 8, 2),
            (
                columns["l"]["typeName"],
                columns["l"]["isSigned"],
                columns["m"]["typeName"],
                columns["m"]["precision"],
                columns["m"]["scale"],
            ),
        )
        self.assertEqual("timestamp", columns["at"]["typeName"])

    def test_a_large_integer_keeps_every_digit(self):
        self.assertEqual([[{"longValue": 2**53 - 1}]], self.rows(f"select {2**53 - 1}::bigint")["Records"])

    def test_floats_that_are_no_numbers_come_as_such(self):
        [row] = self.rows("select 'NaN'::float8, 'Infinity'::float8, '-Infinity'::float8")["Records"]
        self.assertEqual(["nan", "inf", "-inf"], [str(float(field["doubleValue"])) for field in row])

    def test_named_parameters_reach_the_statement(self):
        parameters = [{"name": "id", "value": "16"}, {"name": "status", "value": 'it\'s "quoted" :id'}]
        sql = "select :id::int as id, :status as status, ':id' as literal"
        described = self.done(sql, Parameters=parameters)
        self.assertEqual(parameters, described["QueryParameters"])
        [row] = self.aws.get_statement_result(Id=described["Id"])["Records"]
        self.assertEqual(
            [{"longValue": 16}, {"stringValue": 'it\'s "quoted" :id'}, {"stringValue": ":id"}], row
        )
        unused = self.refused(
            "ValidationException",
            400,
            self.execute,
            sql="select 1",
            Parameters=[{"name": "id", "value": "1"}],
        )
        self.says("Unused parameters: [id]", unused)

    def test_pages_through_a_result(self):
        simulator.set(resultPageRows=100)
        described = self.done("select g from generate_series(1, 250) g")
        pages = list(self.aws.get_paginator("get_statement_result").paginate(Id=described["Id"]))
        self.assertEqual([100, 100, 50], [len(page["Records"]) for page in pages])
        self.assertEqual([250] * 3, [page["TotalNumRows"] for page in pages])
        self.assertEqual(
            list(range(1, 251)), [row[0]["longValue"] for page in pages for row in page["Records"]]
        )
        self.refused(
            "ValidationException", 400, self.aws.get_statement_result, Id=described["Id"], NextToken="made-up"
        )

    def test_runs_on_a_workgroup_and_with_a_secret(self):
        described = self.done("select count(*) from public.events_live", target=WORKGROUP, SecretArn=SECRET)
        self.assertEqual(
            ("adhoc", SECRET, "FINISHED"),
            tuple(described[key] for key in ("WorkgroupName", "SecretArn", "Status")),
        )
        self.assertNotIn("ClusterIdentifier", described)
        self.assertNotIn("DbUser", described)

    def test_waits_for_the_end_when_asked_to(self):
        simulator.set(clockSpeed=1)
        try:
            answer = self.execute("select 1", WaitTimeSeconds=20)
            self.assertEqual(("FINISHED", True), (answer["Status"], answer["HasResultSet"]))
            simulator.set(statementSeconds=0.2)
            answer = self.execute("select 2")
            self.assertEqual(
                [[{"longValue": 2}]],
                self.aws.get_statement_result(Id=answer["Id"], WaitTimeSeconds=20)["Records"],
            )
            answer = self.execute("select 3")
            self.assertEqual(
                "FINISHED", self.aws.describe_statement(Id=answer["Id"], WaitTimeSeconds=20)["Status"]
            )
        finally:
            simulator.set(clockSpeed=0)
        self.refused("ValidationException", 400, self.execute, sql="select 1", WaitTimeSeconds=31)

    def test_sql_that_fails_is_a_failed_statement_and_no_refusal(self):
        described = self.done("select * from public.nothing_here")
        self.assertEqual("FAILED", described["Status"])
        self.assertIn('relation "public.nothing_here" does not exist', described["Error"])
        self.refused("ResourceNotFoundException", 404, self.aws.get_statement_result, Id=described["Id"])

    def test_boto3_makes_a_token_for_each_call_and_the_same_token_runs_once(self):
        first, second = self.execute("select 1"), self.execute("select 1")
        self.assertNotEqual(first["Id"], second["Id"])
        tokens = [line["parameters"]["ClientToken"] for line in simulator.log("ExecuteStatement")[-2:]]
        self.assertEqual(2, len(set(tokens)))
        simulator.fault("ExecuteStatement", {"kind": "drop-after"})
        write = {"sql": "create table public.made_once (id int)", "ClientToken": "made-once"}
        with self.assertRaises(ConnectionClosedError):
            self.execute(**write)
        again = self.execute(**write)
        self.assertEqual(again["Id"], self.execute(**write)["Id"])
        simulator.advance(1)
        self.assertEqual("FINISHED", self.aws.describe_statement(Id=again["Id"])["Status"])
        self.assertEqual(1, len(simulator.effects("ExecuteStatement&businessKey=made-once")))
        self.refused("ValidationException", 400, self.execute, sql="select 2", ClientToken="made-once")

    def test_boto3_sends_a_dropped_statement_again_with_its_own_token(self):
        simulator.fault("ExecuteStatement", {"kind": "drop-after"})
        answer = client("redshift-data", attempts=3).execute_statement(**CLUSTER, Sql="select 42")
        self.assertEqual(1, answer["ResponseMetadata"]["RetryAttempts"])
        token = simulator.log("ExecuteStatement")[-1]["parameters"]["ClientToken"]
        self.assertEqual(1, len(simulator.effects(f"ExecuteStatement&businessKey={token}")))

    def test_cancels_a_running_statement_once(self):
        simulator.set(statementSeconds=60)
        running = self.execute("create table public.never_made (id int)")["Id"]
        self.assertIs(True, self.aws.cancel_statement(Id=running)["Status"])
        self.assertEqual("ABORTED", self.aws.describe_statement(Id=running)["Status"])
        self.says(
            "already in ABORTED state",
            self.refused("ValidationException", 400, self.aws.cancel_statement, Id=running),
        )
        simulator.set(statementSeconds=0.05)
        finished = self.done("select 1")["Id"]
        self.assertIs(False, self.aws.cancel_statement(Id=finished)["Status"])
        found = simulator.sql("analytics", "select count(*) from pg_tables where tablename = 'never_made'")
        self.assertEqual("0", str(found[0][0]))

    def test_refuses_statements_as_its_page_says(self):
        cases = [
            {"target": {**CLUSTER, "WorkgroupName": "adhoc"}},
            {"target": {"Database": "dev"}},
            {"target": {"ClusterIdentifier": "analytics"}},
            {"DbUser": "reader", "SecretArn": SECRET},
            {"target": {**CLUSTER, "ClusterIdentifier": "nowhere"}},
            {"target": {**WORKGROUP, "WorkgroupName": "nowhere"}},
            {"sql": " "},
            {"sql": "select '" + "x" * 103_000 + "'"},
            {"ClientToken": "x" * 65},
            {"StatementName": "x" * 2049},
        ]
        for case in cases:
            with self.subTest(**{key: str(value)[:60] for key, value in case.items()}):
                self.refused("ValidationException", 400, self.execute, **{"sql": "select 1", **case})
        simulator.set(maxActiveStatements=1, statementSeconds=60)
        running = self.execute("select 1")["Id"]
        self.refused("ActiveStatementsExceededException", 400, self.execute, sql="select 1")
        self.aws.cancel_statement(Id=running)

    def test_refuses_looks_at_statements_that_are_none(self):
        for call in (self.aws.describe_statement, self.aws.get_statement_result, self.aws.cancel_statement):
            error = self.refused("ResourceNotFoundException", 404, call, Id=NOBODY)
            self.assertEqual(NOBODY, error.response["ResourceId"])
            self.refused("ValidationException", 400, call, Id="no-uuid")

    def test_results_end_after_a_day(self):
        described = self.done("select 1")
        simulator.advance(24 * 3600 + 1)
        error = self.refused("ValidationException", 400, self.aws.get_statement_result, Id=described["Id"])
        self.says("Could not retrieve the query result as it has expired after", error)

    def test_throttles_are_retried_unless_they_come_wrapped(self):
        patient = client("redshift-data", attempts=3)
        described = self.done("select 1")
        simulator.fault("DescribeStatement", {"kind": "throttle"})
        self.assertEqual(
            1, patient.describe_statement(Id=described["Id"])["ResponseMetadata"]["RetryAttempts"]
        )
        simulator.fault("DescribeStatement", {"kind": "throttle", "wrapped": True})
        self.says(
            "ThrottlingException",
            self.refused("ValidationException", 400, patient.describe_statement, Id=described["Id"]),
        )

    def test_wrong_parameters_never_leave_boto3(self):
        for wrong in (
            {},
            {"Sql": 1},
            {"Sql": "select 1", "Parameters": [{"name": "id"}]},
            {"Sql": "select 1", "ClientToken": ""},
        ):
            with self.assertRaises(ParamValidationError):
                self.aws.execute_statement(**CLUSTER, **wrong)
        with self.assertRaises(ParamValidationError):
            self.execute("select 1", Parameters=[])
        with self.assertRaises(ParamValidationError):
            self.aws.get_statement_result()
