from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Key
from botocore.exceptions import ParamValidationError, WaiterError

from support import ACCOUNT, ENDPOINT, REGION, Case, simulator, wire

KEYS = {
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "N"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "BillingMode": "PAY_PER_REQUEST",
}


class Items(Case):
    """Tables and their items."""

    service = "dynamodb"

    def table(self, name, **other):
        self.aws.create_table(TableName=name, **{**KEYS, **other})
        self.aws.get_waiter("table_exists").wait(TableName=name)
        return boto3_table(name)

    def test_makes_and_deletes_a_table_with_the_waiters(self):
        made = self.aws.create_table(TableName="made", **KEYS)["TableDescription"]
        self.assertEqual(("CREATING", 0), (made["TableStatus"], made["ItemCount"]))
        self.is_time(made["CreationDateTime"], near=simulator.now())
        self.assertEqual(f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/made", made["TableArn"])
        self.aws.get_waiter("table_exists").wait(TableName="made")
        table = self.aws.describe_table(TableName="made")["Table"]
        self.assertEqual("ACTIVE", table["TableStatus"])
        self.assertEqual(KEYS["KeySchema"], table["KeySchema"])
        self.assertEqual(KEYS["AttributeDefinitions"], table["AttributeDefinitions"])
        self.assertEqual("PAY_PER_REQUEST", table["BillingModeSummary"]["BillingMode"])
        self.refused("ResourceInUseException", 400, self.aws.create_table, TableName="made", **KEYS)
        self.assertEqual(
            "DELETING", self.aws.delete_table(TableName="made")["TableDescription"]["TableStatus"]
        )
        self.refused("ResourceInUseException", 400, self.aws.delete_table, TableName="made")
        self.aws.get_waiter("table_not_exists").wait(TableName="made")
        self.refused("ResourceNotFoundException", 400, self.aws.describe_table, TableName="made")
        self.refused("ResourceNotFoundException", 400, self.aws.delete_table, TableName="made")

    def test_the_waiter_for_a_table_that_never_comes_gives_up(self):
        with self.assertRaises(WaiterError):
            self.aws.get_waiter("table_exists").wait(TableName="never-made", WaiterConfig={"MaxAttempts": 3})

    def test_lists_tables_in_pages(self):
        for name in ("list-a", "list-b", "list-c"):
            self.aws.create_table(TableName=name, **KEYS)
        pages = list(self.aws.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2}))
        self.assertEqual(2, len(pages[0]["TableNames"]))
        self.assertEqual(pages[0]["TableNames"][-1], pages[0]["LastEvaluatedTableName"])
        names = [name for page in pages for name in page["TableNames"]]
        self.assertEqual(sorted(names), names)
        self.assertIn("orders", names)
        self.refused("ValidationException", 400, self.aws.list_tables, Limit=101)

    def test_every_type_of_value_comes_back_as_it_was(self):
        table = self.table("values")
        item = {
            "pk": "one",
            "sk": Decimal("1.5"),
            "text": 'grün ☕ "<&>"',
            "empty": "",
            "number": Decimal("123456789012345678901234567890.12345678"),
            "small": Decimal("-1E-20"),
            "yes": True,
            "no": False,
            "null": None,
            "bytes": b"\x00\x01\xff",
            "list": [1, "two", [3], {"four": 4}],
            "map": {"a": {"b": {"c": [True, None]}}},
            "strings": {"b", "a"},
            "numbers": {Decimal(1), Decimal("2.5")},
            "blobs": {b"\x01", b"\x02"},
        }
        self.assertNotIn("Attributes", table.put_item(Item=item))
        found = table.get_item(Key={"pk": "one", "sk": Decimal("1.5")}, ConsistentRead=True)["Item"]
        for binary in ("bytes",):
            found[binary] = bytes(found[binary])
        found["blobs"] = {bytes(one) for one in found["blobs"]}
        self.assertEqual(item, found)
        self.assertNotIn("Item", table.get_item(Key={"pk": "none", "sk": 1}))
        old = table.put_item(Item={"pk": "one", "sk": Decimal("1.5"), "text": "new"}, ReturnValues="ALL_OLD")
        self.assertEqual(item["text"], old["Attributes"]["text"])
        gone = table.delete_item(Key={"pk": "one", "sk": Decimal("1.5")}, ReturnValues="ALL_OLD")[
            "Attributes"
        ]
        self.assertEqual("new", gone["text"])
        self.assertEqual(
            {},
            {
                key: value
                for key, value in table.delete_item(Key={"pk": "one", "sk": 9}).items()
                if key != "ResponseMetadata"
            },
        )

    def test_writes_and_reads_in_batches(self):
        table = self.table("batches")
        with table.batch_writer() as batch:
            for number in range(60):
                batch.put_item(Item={"pk": f"p{number % 2}", "sk": number, "text": "x" * number})
            batch.delete_item(Key={"pk": "p0", "sk": 0})
        keys = [{"pk": {"S": f"p{number % 2}"}, "sk": {"N": str(number)}} for number in range(60)]
        found = self.aws.batch_get_item(RequestItems={"batches": {"Keys": keys}})
        self.assertEqual(({}, 59), (found["UnprocessedKeys"], len(found["Responses"]["batches"])))
        raw = self.aws.batch_write_item(RequestItems={"batches": [{"DeleteRequest": {"Key": keys[1]}}]})
        self.assertEqual({}, raw["UnprocessedItems"])
        self.assertEqual(58, table.scan(Select="COUNT")["Count"])
        twice = [{"DeleteRequest": {"Key": keys[1]}}] * 2
        self.refused("ValidationException", 400, self.aws.batch_write_item, RequestItems={"batches": twice})
        too_many = [{"DeleteRequest": {"Key": key}} for key in keys[:26]]
        self.refused(
            "ValidationException", 400, self.aws.batch_write_item, RequestItems={"batches": too_many}
        )
        hundred = {
            "batches": {"Keys": [{"pk": {"S": "p"}, "sk": {"N": str(number)}} for number in range(101)]}
        }
        self.refused("ValidationException", 400, self.aws.batch_get_item, RequestItems=hundred)
        nowhere = {"nowhere": [{"DeleteRequest": {"Key": keys[1]}}]}
        self.refused("ResourceNotFoundException", 400, self.aws.batch_write_item, RequestItems=nowhere)
        self.refused(
            "ResourceNotFoundException",
            400,
            self.aws.batch_get_item,
            RequestItems={"nowhere": {"Keys": keys[:1]}},
        )

    def test_scans_in_pages(self):
        pages = list(
            self.aws.get_paginator("scan").paginate(TableName="orders", PaginationConfig={"PageSize": 70})
        )
        self.assertEqual([70, 70, 70, 70, 20], [page["Count"] for page in pages])
        ids = [item["order_id"]["S"] for page in pages for item in page["Items"]]
        self.assertEqual((300, 300), (len(ids), len(set(ids))))
        order = pages[0]["Items"][0]
        self.assertTrue(
            {"S"} <= set(order["status"]) and {"M"} <= set(order["address"]) and {"SS"} <= set(order["tags"])
        )
        self.refused("ResourceNotFoundException", 400, self.aws.scan, TableName="nowhere")

    def test_queries_in_pages_forwards_and_backwards(self):
        table = self.table("queries")
        with table.batch_writer() as batch:
            for number in range(25):
                batch.put_item(Item={"pk": "p", "sk": number})
        asked = {
            "TableName": "queries",
            "KeyConditionExpression": "#p = :p",
            "ExpressionAttributeNames": {"#p": "pk"},
            "ExpressionAttributeValues": {":p": {"S": "p"}},
        }
        paginator = self.aws.get_paginator("query")
        pages = list(paginator.paginate(**asked, PaginationConfig={"PageSize": 10}))
        self.assertEqual([10, 10, 5], [page["Count"] for page in pages])
        self.assertEqual(
            [str(n) for n in range(25)], [item["sk"]["N"] for page in pages for item in page["Items"]]
        )
        backwards = paginator.paginate(**asked, ScanIndexForward=False).build_full_result()["Items"]
        self.assertEqual([str(n) for n in reversed(range(25))], [item["sk"]["N"] for item in backwards])
        [one] = table.query(KeyConditionExpression=Key("pk").eq("p") & Key("sk").eq(7))["Items"]
        self.assertEqual({"pk": "p", "sk": Decimal(7)}, one)
        del asked["KeyConditionExpression"]
        self.refused(
            "ValidationException", 400, self.aws.query, **{**asked, "KeyConditionExpression": "sk = :p"}
        )
        self.refused(
            "ResourceNotFoundException",
            400,
            self.aws.query,
            **{**asked, "TableName": "nowhere", "KeyConditionExpression": "pk = :p"},
        )

    def test_conditions_that_fail_change_nothing(self):
        table = self.table("conditions")
        table.put_item(Item={"pk": "p", "sk": 1, "text": "first"})
        key = {"pk": {"S": "p"}, "sk": {"N": "1"}}
        self.refused(
            "ConditionalCheckFailedException",
            400,
            self.aws.put_item,
            TableName="conditions",
            Item=key,
            ConditionExpression="attribute_not_exists(pk)",
        )
        self.refused(
            "ConditionalCheckFailedException",
            400,
            self.aws.delete_item,
            TableName="conditions",
            Key=key,
            ConditionExpression="attribute_exists(nothing)",
        )
        self.assertEqual("first", table.get_item(Key={"pk": "p", "sk": 1})["Item"]["text"])

    def test_refuses_keys_that_do_not_fit(self):
        self.table("keys")
        wrong = [
            {"pk": {"S": "p"}},
            {"pk": {"N": "1"}, "sk": {"N": "1"}},
            {"pk": {"S": ""}, "sk": {"N": "1"}},
        ]
        for key in wrong:
            self.refused("ValidationException", 400, self.aws.get_item, TableName="keys", Key=key)
            self.refused("ValidationException", 400, self.aws.put_item, TableName="keys", Item=key)
            self.refused("ValidationException", 400, self.aws.delete_item, TableName="keys", Key=key)
        for call in (self.aws.get_item, self.aws.delete_item):
            self.refused("ResourceNotFoundException", 400, call, TableName="nowhere", Key={"pk": {"S": "p"}})
        self.refused(
            "ResourceNotFoundException", 400, self.aws.put_item, TableName="nowhere", Item={"pk": {"S": "p"}}
        )

    def test_what_is_not_simulated_is_refused_by_its_name(self):
        error = self.refused(
            "UnknownOperationException",
            400,
            self.aws.update_item,
            TableName="orders",
            Key={"order_id": {"S": "x"}},
        )
        self.says("UpdateItem", error)

    def test_wrong_parameters_never_leave_boto3(self):
        for wrong in (
            {},
            {"TableName": "orders", "Key": {"order_id": "x"}},
            {"TableName": "orders", "Key": {"order_id": {"X": "x"}}},
        ):
            with self.assertRaises(ParamValidationError):
                self.aws.get_item(**wrong)
        with self.assertRaises(ParamValidationError):
            self.aws.scan(TableName="orders", Limit=0)


def boto3_table(name):
    resource = boto3.resource("dynamodb", endpoint_url=ENDPOINT)
    wire.watch(resource.meta.client, requests_too=False)
    return resource.Table(name)
