from support import ACCOUNT, Case


class Caller(Case):
    service = "sts"

    def test_tells_who_is_asking(self):
        caller = self.aws.get_caller_identity()
        self.assertEqual(ACCOUNT, caller["Account"])
        self.assertEqual(f"arn:aws:iam::{ACCOUNT}:user/simulated", caller["Arn"])
        self.assertTrue(caller["UserId"].startswith("AIDA"))
