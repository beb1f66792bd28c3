import io

from botocore.exceptions import ParamValidationError

from support import ACCOUNT, REGION, Case, simulator

HERE = {"LocationConstraint": REGION}


class Storage(Case):
    service = "s3"
    fresh = False

    def bucket(self, name):
        self.aws.create_bucket(Bucket=name, CreateBucketConfiguration=HERE)
        self.aws.get_waiter("bucket_exists").wait(Bucket=name)
        return name

    def test_makes_lists_and_deletes_buckets(self):
        made = self.aws.create_bucket(Bucket="made-here", CreateBucketConfiguration=HERE)
        self.assertEqual("/made-here", made["Location"])
        self.aws.get_waiter("bucket_exists").wait(Bucket="made-here")
        self.assertEqual(REGION, self.aws.head_bucket(Bucket="made-here")["BucketRegion"])
        self.assertEqual(REGION, self.aws.get_bucket_location(Bucket="made-here")["LocationConstraint"])
        buckets = {one["Name"]: one for one in self.aws.list_buckets()["Buckets"]}
        self.assertTrue({"exports", "made-here"} <= set(buckets))
        self.is_time(buckets["made-here"]["CreationDate"], near=simulator.now())
        self.refused(
            "BucketAlreadyOwnedByYou",
            409,
            self.aws.create_bucket,
            Bucket="made-here",
            CreateBucketConfiguration=HERE,
        )
        self.aws.put_object(Bucket="made-here", Key="one", Body=b"1")
        self.refused("BucketNotEmpty", 409, self.aws.delete_bucket, Bucket="made-here")
        self.aws.delete_object(Bucket="made-here", Key="one")
        self.aws.delete_bucket(Bucket="made-here")
        self.aws.get_waiter("bucket_not_exists").wait(Bucket="made-here")

    def test_refuses_buckets_that_cannot_be(self):
        self.refused(
            "IllegalLocationConstraintException",
            400,
            self.aws.create_bucket,
            Bucket="elsewhere",
            CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        )
        for call in (self.aws.get_bucket_location, self.aws.delete_bucket, self.aws.list_objects_v2):
            self.refused("NoSuchBucket", 404, call, Bucket="no-such-bucket")
        self.refused("404", 404, self.aws.head_bucket, Bucket="no-such-bucket")
        owner = {"Bucket": "exports", "ExpectedBucketOwner": "999999999999"}
        self.refused("AccessDenied", 403, self.aws.list_objects_v2, **owner)
        self.refused("403", 403, self.aws.head_bucket, **owner)
        self.assertIn("Name", self.aws.list_objects_v2(Bucket="exports", ExpectedBucketOwner=ACCOUNT))

    def test_objects_come_back_as_they_were(self):
        bucket = self.bucket("objects")
        body = bytes(range(256)) * 10
        key = "a folder/grün & <x>+%41.bin"
        put = self.aws.put_object(
            Bucket=bucket,
            Key=key,
            Body=body,
            ContentType="application/x-test",
            Metadata={"by": "conformance"},
        )
        found = self.aws.get_object(Bucket=bucket, Key=key)
        self.assertEqual(body, found["Body"].read())
        self.assertEqual(
            (put["ETag"], "application/x-test", {"by": "conformance"}, len(body)),
            (found["ETag"], found["ContentType"], found["Metadata"], found["ContentLength"]),
        )
        self.is_time(found["LastModified"], near=simulator.now())
        self.aws.get_waiter("object_exists").wait(Bucket=bucket, Key=key)
        head = self.aws.head_object(Bucket=bucket, Key=key)
        self.assertEqual((put["ETag"], len(body)), (head["ETag"], head["ContentLength"]))
        part = self.aws.get_object(Bucket=bucket, Key=key, Range="bytes=10-19")
        self.assertEqual(
            (body[10:20], 206), (part["Body"].read(), part["ResponseMetadata"]["HTTPStatusCode"])
        )
        self.refused("InvalidRange", 416, self.aws.get_object, Bucket=bucket, Key=key, Range="bytes=99999-")
        self.refused(
            "PreconditionFailed", 412, self.aws.put_object, Bucket=bucket, Key=key, Body=b"", IfNoneMatch="*"
        )
        self.aws.delete_object(Bucket=bucket, Key=key)
        self.aws.get_waiter("object_not_exists").wait(Bucket=bucket, Key=key)
        self.refused("NoSuchKey", 404, self.aws.get_object, Bucket=bucket, Key=key)
        self.refused("404", 404, self.aws.head_object, Bucket=bucket, Key=key)

    def test_streams_go_up_and_down(self):
        bucket = self.bucket("streams")
        body = b"0123456789" * 50_000
        self.aws.upload_fileobj(io.BytesIO(body), bucket, "streamed")
        target = io.BytesIO()
        self.aws.download_fileobj(bucket, "streamed", target)
        self.assertEqual(body, target.getvalue())

    def test_copies_inside_and_between_buckets(self):
        bucket, other = self.bucket("copies"), self.bucket("other-copies")
        self.aws.put_object(Bucket=bucket, Key="a b", Body=b"copied", Metadata={"kept": "yes"})
        copy = self.aws.copy_object(Bucket=other, Key="c", CopySource={"Bucket": bucket, "Key": "a b"})
        self.is_time(copy["CopyObjectResult"]["LastModified"])
        found = self.aws.get_object(Bucket=other, Key="c")
        self.assertEqual((b"copied", {"kept": "yes"}), (found["Body"].read(), found["Metadata"]))
        self.refused(
            "NoSuchKey",
            404,
            self.aws.copy_object,
            Bucket=other,
            Key="d",
            CopySource={"Bucket": bucket, "Key": "none"},
        )

    def test_lists_and_deletes_many(self):
        bucket = self.bucket("many")
        keys = [f"data/{number:03}.json" for number in range(25)] + ["other/x", "top"]
        for key in keys:
            self.aws.put_object(Bucket=bucket, Key=key, Body=key.encode())
        paginator = self.aws.get_paginator("list_objects_v2")
        pages = list(paginator.paginate(Bucket=bucket, PaginationConfig={"PageSize": 10}))
        self.assertEqual([10, 10, 7], [page["KeyCount"] for page in pages])
        self.assertEqual(sorted(keys), [one["Key"] for page in pages for one in page["Contents"]])
        first = pages[0]["Contents"][0]
        self.assertEqual(len("data/000.json"), first["Size"])
        self.is_time(first["LastModified"])
        top = self.aws.list_objects_v2(Bucket=bucket, Delimiter="/")
        self.assertEqual(
            (["data/", "other/"], ["top"]),
            ([one["Prefix"] for one in top["CommonPrefixes"]], [one["Key"] for one in top["Contents"]]),
        )
        after = self.aws.list_objects_v2(Bucket=bucket, Prefix="data/", StartAfter="data/022.json")
        self.assertEqual(["data/023.json", "data/024.json"], [one["Key"] for one in after["Contents"]])
        gone = self.aws.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
        self.assertEqual(sorted(keys), sorted(one["Key"] for one in gone["Deleted"]))
        self.assertNotIn("Contents", self.aws.list_objects_v2(Bucket=bucket))

    def test_what_is_not_simulated_is_refused_by_its_name(self):
        self.says("policy", self.refused("NotImplemented", 501, self.aws.get_bucket_policy, Bucket="exports"))

    def test_wrong_parameters_never_leave_boto3(self):
        for wrong in (
            {"Bucket": "exports"},
            {"Bucket": "bad bucket", "Key": "x"},
            {"Bucket": "exports", "Key": ""},
        ):
            with self.assertRaises(ParamValidationError):
                self.aws.get_object(**wrong)
