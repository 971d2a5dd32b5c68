"""Lets a new instance of an Auto Scaling group get requests, once its apps are healthy."""

import json
import urllib.parse

from landfall_apply.atomic import read_or_none, write_atomically
from landfall_apply.aws import PAUSES, Aws, AwsError, Refused
from landfall_apply.paths import STATE_FOLDER
from landfall_apply.report import Failure

# Id of the instance that its group was told of.
IN_SERVICE = f"{STATE_FOLDER}/in-service"
# Auto Scaling's API version; it has had no other.
AUTO_SCALING = "2011-01-01"
# An instance's tags, the group's among them, where its launch template has them readable there.
GROUP_TAG = "meta-data/tags/instance/aws:autoscaling:groupName"


class GroupMember(Aws):
    """An instance that can be asked about itself."""

    def about(self, path: str) -> str:
        return self.persist(lambda: self._metadata(path))


def enter_service(config_file: str, mark: str = IN_SERVICE, pauses: tuple[float, ...] = PAUSES) -> None:
    """Does nothing on a host that is in no group, or that has entered before."""
    with open(config_file, encoding="utf-8") as file:
        config = json.load(file)
    if "lifecycleHook" not in config:
        return
    try:
        member = GroupMember(config, pauses)
        instance = member.about("meta-data/instance-id")
        # A machine that was made from an image of this one has the file, too.
        if read_or_none(mark) == instance.encode():
            return
        complete_launch(member, member.about(GROUP_TAG), config["lifecycleHook"], instance)
    except AwsError as error:
        raise Failure(f"every app is healthy, but the Auto Scaling group could not be told: {error}") from None
    write_atomically(mark, instance.encode(), 0o644)


def complete_launch(member: GroupMember, group: str, hook: str, instance: str) -> None:
    asked = launch_action(group, hook, instance)
    try:
        member.persist(lambda: send_action(member, asked))
    except Refused as refused:
        # It was told before, by a run that was cut off, or is in service already.
        if "No active Lifecycle Action" not in str(refused):
            raise


def launch_action(group: str, hook: str, instance: str) -> dict[str, str]:
    return {
        "Action": "CompleteLifecycleAction",
        "Version": AUTO_SCALING,
        "AutoScalingGroupName": group,
        "LifecycleHookName": hook,
        "LifecycleActionResult": "CONTINUE",
        "InstanceId": instance,
    }


def send_action(member: GroupMember, asked: dict[str, str]) -> None:
    endpoint = member.endpoints.get("autoscaling") or f"https://{member.host('autoscaling')}"
    headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    what = f"{asked['Action']} of {asked['AutoScalingGroupName']}"
    payload = urllib.parse.urlencode(asked).encode()
    with member.send(what, "POST", f"{endpoint.rstrip('/')}/", headers, payload, "autoscaling") as answer:
        answer.read()
