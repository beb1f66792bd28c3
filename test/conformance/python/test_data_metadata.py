from botocore.exceptions import ParamValidationError

from support import Case, simulator

CLUSTER = {"ClusterIdentifier": "analytics", "Database": "dev"}
WORKGROUP = {"WorkgroupName": "adhoc", "Database": "dev"}


class Metadata(Case):
    """ListDatabases, ListSchemas, ListTables, DescribeTable."""

    service = "redshift-data"

    def pages(self, operation, size, **parameters):
        return list(
            self.aws.get_paginator(operation).paginate(**parameters, PaginationConfig={"PageSize": size})
        )

    def test_lists_databases(self):
        databases = self.aws.list_databases(**CLUSTER)["Databases"]
        self.assertIn("dev", databases)
        self.assertEqual(
            [[one] for one in databases],
            [page["Databases"] for page in self.pages("list_databases", 1, **CLUSTER)],
        )
        self.assertIn("dev", self.aws.list_databases(**WORKGROUP)["Databases"])

    def test_lists_schemas_by_pattern_and_in_pages(self):
        schemas = self.aws.list_schemas(**CLUSTER)["Schemas"]
        self.assertEqual({"public", "sales"}, {"public", "sales"} & set(schemas))
        self.assertEqual(["sales"], self.aws.list_schemas(**CLUSTER, SchemaPattern="s_l%")["Schemas"])
        self.assertEqual([], self.aws.list_schemas(**CLUSTER, SchemaPattern="SALES")["Schemas"])
        pages = self.pages("list_schemas", 1, **CLUSTER)
        self.assertEqual(schemas, [one for page in pages for one in page["Schemas"]])

    def test_lists_tables_by_patterns_and_in_pages(self):
        simulator.sql("analytics", "create view sales.event_ids as select event_id from sales.events")
        found = self.aws.list_tables(**CLUSTER, SchemaPattern="public", TablePattern="%s")["Tables"]
        self.assertEqual(
            [
                {"name": name, "schema": "public", "type": "TABLE"}
                for name in ("clicks", "customers", "orders")
            ],
            found,
        )
        sales = self.aws.list_tables(**CLUSTER, SchemaPattern="sales")["Tables"]
        self.assertEqual(
            [("event_ids", "VIEW"), ("events", "TABLE")], [(one["name"], one["type"]) for one in sales]
        )
        pages = self.pages("list_tables", 2, **CLUSTER, SchemaPattern="public")
        self.assertEqual([2, 1], [len(page["Tables"]) for page in pages])
        self.assertEqual([], self.aws.list_tables(**CLUSTER, TablePattern="no_such%")["Tables"])

    def test_describes_a_table_in_pages(self):
        described = self.aws.describe_table(**CLUSTER, Schema="public", Table="orders")
        self.assertEqual("orders", described["TableName"])
        columns = {column["name"]: column for column in described["ColumnList"]}
        self.assertEqual(["order_id", "customer_id", "status", "amount", "placed_at"], list(columns))
        amount = columns["amount"]
        self.assertEqual(
            ("numeric", 12, 2, 0),
            tuple(amount[key] for key in ("typeName", "precision", "scale", "nullable")),
        )
        self.assertEqual(
            ("varchar", 16, True),
            tuple(columns["status"][key] for key in ("typeName", "length", "isCaseSensitive")),
        )
        self.assertEqual(("public", "orders"), (amount["schemaName"], amount["tableName"]))
        pages = self.pages("describe_table", 2, **CLUSTER, Schema="public", Table="orders")
        self.assertEqual([2, 2, 1], [len(page["ColumnList"]) for page in pages])
        self.assertEqual(
            [], self.aws.describe_table(**CLUSTER, Schema="public", Table="nothing")["ColumnList"]
        )
        super_type = self.aws.describe_table(**WORKGROUP, Schema="public", Table="events_live")["ColumnList"]
        self.assertEqual(
            "super", [column["typeName"] for column in super_type if column["name"] == "payload"][0]
        )

    def test_a_column_shows_its_default(self):
        simulator.sql("analytics", "create schema shapes")
        simulator.sql(
            "analytics", "create table shapes.defaults (id int not null, note varchar(20) default 'none')"
        )
        described = self.aws.describe_table(**CLUSTER, Schema="shapes", Table="defaults")["ColumnList"]
        self.assertEqual([False, True], ["columnDefault" in column for column in described])
        self.assertIn("none", described[1]["columnDefault"])

    def test_another_database_is_asked_through_the_connected_one(self):
        simulator.sql("analytics", "create database archive")
        found = self.aws.list_tables(
            ClusterIdentifier="analytics", Database="archive", ConnectedDatabase="dev", SchemaPattern="public"
        )
        self.assertEqual([], found["Tables"])

    def test_refuses_targets_that_cannot_be(self):
        calls = [
            self.aws.list_databases,
            self.aws.list_schemas,
            self.aws.list_tables,
            self.aws.describe_table,
        ]
        for call in calls:
            with self.subTest(call=call.__name__):
                self.refused("ValidationException", 400, call, Database="dev")
                self.refused("ValidationException", 400, call, **{**CLUSTER, "ClusterIdentifier": "nowhere"})
                self.refused("ValidationException", 400, call, **CLUSTER, WorkgroupName="adhoc")
                self.refused("ValidationException", 400, call, **CLUSTER, MaxResults=1001)
                self.refused("ValidationException", 400, call, **CLUSTER, NextToken="made-up")
                error = self.refused("ValidationException", 400, call, **{**CLUSTER, "Database": "nowhere"})
                self.says('database "nowhere" does not exist', error)
                with self.assertRaises(ParamValidationError):
                    call(**CLUSTER, MaxResults="all")
