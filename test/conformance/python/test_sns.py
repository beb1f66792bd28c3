from support import ACCOUNT, REGION, Case, simulator

RUNS = f"arn:aws:sns:{REGION}:{ACCOUNT}:undrop-runs"


class Topics(Case):
    service = "sns"

    def test_makes_lists_and_describes_topics(self):
        made = self.aws.create_topic(Name="alarms.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
        self.assertEqual(f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms.fifo", made)
        self.assertEqual("true", self.aws.get_topic_attributes(TopicArn=made)["Attributes"]["FifoTopic"])
        pages = self.aws.get_paginator("list_topics").paginate()
        listed = [one["TopicArn"] for one in pages.search("Topics")]
        self.assertTrue({RUNS, made} <= set(listed))
        self.refused("NotFound", 404, self.aws.get_topic_attributes, TopicArn=f"{RUNS}-not")

    def test_publishes_with_attributes_and_once_by_deduplication_id(self):
        attributes = {
            "outcome": {"DataType": "String", "StringValue": "failed"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
        }
        self.aws.publish(TopicArn=RUNS, Message="a <b> & c", Subject="s", MessageAttributes=attributes)
        once = {"MessageGroupId": "g", "MessageDeduplicationId": "d"}
        first = self.aws.publish(TopicArn=f"{RUNS}.fifo", Message="m", **once)
        again = self.aws.publish(TopicArn=f"{RUNS}.fifo", Message="m", **once)
        self.assertEqual(first["MessageId"], again["MessageId"])
        self.assertEqual(2, len(simulator.effects("Publish")))
        self.refused("InvalidParameter", 400, self.aws.publish, TopicArn=RUNS, Message="")
