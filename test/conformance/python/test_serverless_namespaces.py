from botocore.exceptions import ParamValidationError

from support import ACCOUNT, REGION, Case, ago


class Namespaces(Case):
    service = "redshift-serverless"
    fresh = False

    def test_shows_a_namespace(self):
        namespace = self.aws.get_namespace(namespaceName="adhoc")["namespace"]
        self.assertEqual(
            ("adhoc", "AVAILABLE", "dev"),
            tuple(namespace[key] for key in ("namespaceName", "status", "dbName")),
        )
        self.is_time(namespace["creationDate"], near=ago(days=200), within=86_400)
        arn = f"arn:aws:redshift-serverless:{REGION}:{ACCOUNT}:namespace/{namespace['namespaceId']}"
        self.assertEqual(arn, namespace["namespaceArn"])
        self.assertEqual(([], []), (namespace["iamRoles"], namespace["logExports"]))

    def test_shows_a_workgroup(self):
        workgroup = self.aws.get_workgroup(workgroupName="adhoc")["workgroup"]
        self.assertEqual(
            ("adhoc", "AVAILABLE", "adhoc"),
            tuple(workgroup[key] for key in ("workgroupName", "status", "namespaceName")),
        )
        self.is_time(workgroup["creationDate"])
        self.assertEqual(5439, workgroup["endpoint"]["port"])
        self.assertIn(REGION, workgroup["endpoint"]["address"])
        self.assertFalse(workgroup["publiclyAccessible"])
        parameters = {one["parameterKey"]: one["parameterValue"] for one in workgroup["configParameters"]}
        self.assertEqual("false", parameters["enable_case_sensitive_identifier"])

    def test_lists_both_in_pages(self):
        namespaces = self.aws.get_paginator("list_namespaces").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual(["adhoc"], list(namespaces.search("namespaces[].namespaceName")))
        workgroups = self.aws.get_paginator("list_workgroups").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual(["adhoc"], list(workgroups.search("workgroups[].workgroupName")))
        self.assertEqual([], self.aws.list_workgroups(ownerAccount="999999999999")["workgroups"])

    def test_what_is_not_there_is_named(self):
        error = self.refused(
            "ResourceNotFoundException", 404, self.aws.get_namespace, namespaceName="nowhere"
        )
        self.assertEqual("nowhere", error.response["resourceName"])
        error = self.refused(
            "ResourceNotFoundException", 404, self.aws.get_workgroup, workgroupName="nowhere"
        )
        self.assertEqual("nowhere", error.response["resourceName"])
        with self.assertRaises(self.aws.exceptions.ResourceNotFoundException):
            self.aws.get_workgroup(workgroupName="nowhere")

    def test_names_and_page_sizes_and_tokens_are_validated(self):
        for name in ("Adhoc", "with_underscore", "x" * 65):
            self.refused("ValidationException", 400, self.aws.get_namespace, namespaceName=name)
            self.refused("ValidationException", 400, self.aws.get_workgroup, workgroupName=name)
        for call in (self.aws.list_namespaces, self.aws.list_workgroups):
            self.refused("ValidationException", 400, call, maxResults=101)
            self.refused("ValidationException", 400, call, nextToken="made-up-token")

    def test_wrong_parameters_never_leave_boto3(self):
        for wrong in ({}, {"namespaceName": "ab"}, {"namespaceName": 7}, {"NamespaceName": "adhoc"}):
            with self.assertRaises(ParamValidationError):
                self.aws.get_namespace(**wrong)
        for wrong in ({"maxResults": 0}, {"maxResults": "all"}):
            with self.assertRaises(ParamValidationError):
                self.aws.list_namespaces(**wrong)
