from botocore.exceptions import ParamValidationError, WaiterError

from support import ACCOUNT, REGION, Case, ago


class Clusters(Case):
    service = "redshift"

    def test_describes_clusters_with_their_figures_and_times(self):
        clusters = self.aws.describe_clusters()["Clusters"]
        self.assertEqual(["analytics", "reporting"], [cluster["ClusterIdentifier"] for cluster in clusters])
        analytics = clusters[0]
        self.is_time(analytics["ClusterCreateTime"], near=ago(days=400), within=60)
        self.assertEqual(
            {
                "ClusterStatus": "available",
                "ClusterAvailabilityStatus": "Available",
                "DBName": "dev",
                "AutomatedSnapshotRetentionPeriod": 7,
                "ManualSnapshotRetentionPeriod": -1,
                "Encrypted": False,
                "AllowVersionUpgrade": True,
                "PendingModifiedValues": {},
                "Tags": [],
                "ClusterSecurityGroups": [],
            },
            {
                key: analytics[key]
                for key in (
                    "ClusterStatus",
                    "ClusterAvailabilityStatus",
                    "DBName",
                    "AutomatedSnapshotRetentionPeriod",
                    "ManualSnapshotRetentionPeriod",
                    "Encrypted",
                    "AllowVersionUpgrade",
                    "PendingModifiedValues",
                    "Tags",
                    "ClusterSecurityGroups",
                )
            },
        )
        self.assertEqual(5439, analytics["Endpoint"]["Port"])
        self.assertGreater(analytics["NumberOfNodes"], 0)
        self.assertTrue(
            analytics["ClusterNamespaceArn"].startswith(f"arn:aws:redshift:{REGION}:{ACCOUNT}:namespace:")
        )

    def test_finds_one_cluster_by_its_name_in_any_case(self):
        found = self.aws.describe_clusters(ClusterIdentifier="Analytics")["Clusters"]
        self.assertEqual(["analytics"], [cluster["ClusterIdentifier"] for cluster in found])

    def test_pages_through_clusters(self):
        pages = list(self.aws.get_paginator("describe_clusters").paginate(PaginationConfig={"PageSize": 20}))
        self.assertEqual(2, sum(len(page["Clusters"]) for page in pages))

    def test_refuses_what_is_not_there_and_what_is_no_page_size(self):
        self.refused("ClusterNotFound", 404, self.aws.describe_clusters, ClusterIdentifier="nowhere")
        for size in (19, 101):
            self.refused("InvalidParameterValue", 400, self.aws.describe_clusters, MaxRecords=size)
        self.refused("InvalidParameterValue", 400, self.aws.describe_clusters, Marker="made-up")
        for call in (self.aws.pause_cluster, self.aws.resume_cluster, self.aws.reboot_cluster):
            self.refused("ClusterNotFound", 404, call, ClusterIdentifier="nowhere")

    def test_an_unknown_cluster_is_the_exception_class_of_its_own(self):
        with self.assertRaises(self.aws.exceptions.ClusterNotFoundFault):
            self.aws.describe_clusters(ClusterIdentifier="nowhere")

    def test_pauses_and_resumes_and_reboots_until_the_waiter_finds_it_available(self):
        one = {"ClusterIdentifier": "reporting"}
        status = lambda: self.aws.describe_clusters(**one)["Clusters"][0]["ClusterStatus"]
        waiter = self.aws.get_waiter("cluster_available")
        self.assertEqual("pausing", self.aws.pause_cluster(**one)["Cluster"]["ClusterStatus"])
        self.refused("InvalidClusterState", 400, self.aws.pause_cluster, **one)
        with self.assertRaises(WaiterError) as given_up:
            waiter.wait(**one, WaiterConfig={"MaxAttempts": 3})
        self.assertIn("Max attempts exceeded", str(given_up.exception))
        self.assertEqual("paused", status())
        self.refused("InvalidClusterState", 400, self.aws.reboot_cluster, **one)
        self.assertEqual("resuming", self.aws.resume_cluster(**one)["Cluster"]["ClusterStatus"])
        waiter.wait(**one)
        self.refused("InvalidClusterState", 400, self.aws.resume_cluster, **one)
        self.assertEqual("rebooting", self.aws.reboot_cluster(**one)["Cluster"]["ClusterStatus"])
        waiter.wait(**one)
        self.assertEqual("available", status())

    def test_the_waiter_for_a_deleted_cluster_takes_the_404_as_its_end(self):
        self.assertIsNone(self.aws.get_waiter("cluster_deleted").wait(ClusterIdentifier="nowhere"))

    def test_wrong_parameters_never_leave_boto3(self):
        with self.assertRaises(ParamValidationError):
            self.aws.pause_cluster()
        with self.assertRaises(ParamValidationError):
            self.aws.describe_clusters(MaxRecords="many")
        with self.assertRaises(ParamValidationError):
            self.aws.describe_clusters(Cluster="analytics")
