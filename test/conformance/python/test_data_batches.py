from botocore.exceptions import ParamValidationError

from support import ACCOUNT, REGION, Case, client, simulator

CLUSTER = {"ClusterIdentifier": "analytics", "Database": "dev"}


class Batches(Case):
    """BatchExecuteStatement and ListStatements."""

    service = "redshift-data"

    def setUp(self):
        simulator.set(statementSeconds=0.05)

    def batch(self, sqls, **other):
        answer = self.aws.batch_execute_statement(**CLUSTER, Sqls=sqls, **other)
        simulator.advance(5)
        return self.aws.describe_statement(Id=answer["Id"])

    def test_each_statement_of_a_batch_has_an_id_and_a_result_of_its_own(self):
        sqls = [
            "create table public.batched (id int)",
            "insert into public.batched values (1), (2)",
            "select count(*) from public.batched",
        ]
        batch = self.batch(sqls, StatementName="a batch")
        self.assertEqual(("FINISHED", True), (batch["Status"], batch["HasResultSet"]))
        subs = batch["SubStatements"]
        self.assertEqual([f"{batch['Id']}:{n}" for n in (1, 2, 3)], [sub["Id"] for sub in subs])
        self.assertEqual(sqls, [sub["QueryString"] for sub in subs])
        self.assertEqual([False, False, True], [sub["HasResultSet"] for sub in subs])
        for sub in subs:
            self.is_time(sub["CreatedAt"])
            self.is_time(sub["UpdatedAt"])
        self.assertEqual([[{"longValue": 2}]], self.aws.get_statement_result(Id=subs[2]["Id"])["Records"])
        self.assertEqual("FINISHED", self.aws.describe_statement(Id=subs[2]["Id"])["Status"])
        error = self.refused("ValidationException", 400, self.aws.get_statement_result, Id=batch["Id"])
        self.says("can only be retrieved with sub-statement id", error)
        self.refused("ResourceNotFoundException", 404, self.aws.get_statement_result, Id=subs[0]["Id"])

    def test_a_batch_is_one_transaction_unless_told_to_commit_each(self):
        failing = ["create table public.half_done (id int)", "select * from public.nothing_here", "select 1"]
        batch = self.batch(failing)
        self.assertEqual("FAILED", batch["Status"])
        self.assertIn("Query #2 failed", batch["Error"])
        self.assertEqual(["FINISHED", "FAILED", "ABORTED"], [sub["Status"] for sub in batch["SubStatements"]])
        self.assertEqual("FAILED", self.batch(["select * from public.half_done"])["Status"], "rolled back")
        alone = self.batch(failing, ExecutionMode="AUTO_COMMIT")
        self.assertEqual(
            ["FINISHED", "FAILED", "FINISHED"], [sub["Status"] for sub in alone["SubStatements"]]
        )
        self.assertEqual("AUTO_COMMIT", alone["ExecutionMode"])
        self.assertEqual("FINISHED", self.batch(["select * from public.half_done"])["Status"], "committed")

    def test_refuses_batches_as_its_page_says(self):
        call = self.aws.batch_execute_statement
        self.refused("ValidationException", 400, call, **CLUSTER, Sqls=["select 1"] * 41)
        self.refused("ValidationException", 400, call, Database="dev", Sqls=["select 1"])
        self.refused("ValidationException", 400, call, **CLUSTER, Sqls=["select 1"], ExecutionMode="SOMEHOW")
        simulator.set(maxActiveStatements=0)
        self.refused("ActiveStatementsExceededException", 400, call, **CLUSTER, Sqls=["select 1"])
        simulator.set(maxActiveStatements=200)
        for wrong in ([], "select 1", [1]):
            with self.assertRaises(ParamValidationError):
                call(**CLUSTER, Sqls=wrong)

    def test_a_batch_with_the_same_token_runs_once(self):
        once = {"Sqls": ["create table public.batched_once (id int)"], "ClientToken": "batched-once"}
        ids = {self.aws.batch_execute_statement(**CLUSTER, **once)["Id"] for _ in range(3)}
        self.assertEqual(1, len(ids))

    def test_lists_statements_by_status_and_name_and_database_in_pages(self):
        for number in range(5):
            self.aws.execute_statement(**CLUSTER, Sql=f"select {number}", StatementName=f"listed-{number}")
            simulator.advance(1)
        self.batch(["select 1", "select 2"], StatementName="listed-batch")
        simulator.set(statementSeconds=60)
        running = self.aws.execute_statement(**CLUSTER, Sql="select 9", StatementName="listed-running")["Id"]
        names = lambda **other: [
            one["StatementName"]
            for one in self.aws.list_statements(StatementName="listed-", **other)["Statements"]
        ]
        newest_first = ["listed-batch", "listed-4", "listed-3", "listed-2", "listed-1", "listed-0"]
        self.assertEqual(newest_first, names())
        self.assertEqual(["listed-running", *newest_first], names(Status="ALL"))
        self.assertEqual([], names(Status="FAILED"))
        self.assertEqual([], names(Database="other"))
        self.assertEqual(newest_first, names(**CLUSTER))
        self.assertEqual(
            [], self.aws.list_statements(StatementName="Listed-")["Statements"], "the prefix knows its case"
        )
        [batch] = self.aws.list_statements(StatementName="listed-batch")["Statements"]
        self.assertEqual((True, ["select 1", "select 2"]), (batch["IsBatchStatement"], batch["QueryStrings"]))
        self.is_time(batch["CreatedAt"])
        self.is_time(batch["UpdatedAt"])
        pages = list(
            self.aws.get_paginator("list_statements").paginate(
                StatementName="listed-", PaginationConfig={"PageSize": 4}
            )
        )
        self.assertEqual([4, 2], [len(page["Statements"]) for page in pages])
        self.assertEqual(newest_first, [one["StatementName"] for page in pages for one in page["Statements"]])
        self.aws.cancel_statement(Id=running)

    def test_a_listed_statement_shows_its_parameters_and_its_secret(self):
        secret = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:reader-AbCdEf"
        parameters = [{"name": "id", "value": "7"}]
        asked = {
            "Sql": "select :id::int",
            "StatementName": "shown-whole",
            "Parameters": parameters,
            "SecretArn": secret,
        }
        self.aws.execute_statement(**CLUSTER, **asked)
        simulator.advance(1)
        [found] = self.aws.list_statements(StatementName="shown-whole")["Statements"]
        self.assertEqual((parameters, secret), (found["QueryParameters"], found["SecretArn"]))
        self.assertEqual((False, "JSON"), (found["IsBatchStatement"], found["ResultFormat"]))

    def test_other_roles_see_statements_only_at_the_level_of_roles(self):
        self.aws.execute_statement(**CLUSTER, Sql="select 1", StatementName="by-this-role")
        simulator.advance(1)
        other = client("redshift-data", aws_access_key_id="other", aws_secret_access_key="other")
        found = lambda aws, level: [
            one["StatementName"]
            for one in aws.list_statements(StatementName="by-this", RoleLevel=level)["Statements"]
        ]
        self.assertEqual(["by-this-role"], found(other, True))
        self.assertEqual([], found(other, False))
        self.assertEqual(["by-this-role"], found(self.aws, False))

    def test_refuses_lists_that_cannot_be(self):
        self.refused("ValidationException", 400, self.aws.list_statements, MaxResults=101)
        self.refused("ValidationException", 400, self.aws.list_statements, Status="DONE")
        self.refused("ValidationException", 400, self.aws.list_statements, NextToken="made-up")
        self.refused(
            "ValidationException",
            400,
            self.aws.list_statements,
            ClusterIdentifier="analytics",
            WorkgroupName="adhoc",
        )
