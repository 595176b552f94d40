"""Amazon Q Developer in chat applications: configurations of Slack channels. Every workspace counts as authorized."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from gap import Clients, Gap, unsupported
from services import SERVICES, Refusal, Resource, Service


class ChatbotResponse(Service):
    model = "chatbot"
    invalid = "InvalidParameterException"

    def create_slack_channel_configuration(self) -> ActionResult:
        request = self.request()
        arn = f"arn:aws:chatbot::{self.current_account}:chat-configuration/slack-channel/{request['ConfigurationName']}"
        if arn in self.store:
            raise Refusal("ConflictException", f"The configuration {request['ConfigurationName']} already exists")
        tags = {tag["TagKey"]: tag["TagValue"] for tag in request.pop("Tags", [])}
        self.store[arn] = Resource({"SlackTeamName": "shop", "State": "ENABLED", **request}, tags)
        return self.channel(arn)

    def describe_slack_channel_configurations(self) -> ActionResult:
        asked = self.request().get("ChatConfigurationArn")
        found = [described(arn, stored) for arn, stored in self.store.items() if asked in (None, arn)]
        return ActionResult({"SlackChannelConfigurations": found})

    def update_slack_channel_configuration(self) -> ActionResult:
        request = self.request()
        arn = request.pop("ChatConfigurationArn")
        self.stored(arn).settings.update(request)
        return self.channel(arn)

    def delete_slack_channel_configuration(self) -> ActionResult:
        arn = self.request()["ChatConfigurationArn"]
        self.stored(arn)
        del self.store[arn]
        return EmptyResult()

    def list_tags_for_resource(self) -> ActionResult:
        return ActionResult({"Tags": listed(self.stored(self.request()["ResourceARN"]))})

    def tag_resource(self) -> ActionResult:
        request = self.request()
        self.stored(request["ResourceARN"]).tags.update({tag["TagKey"]: tag["TagValue"] for tag in request["Tags"]})
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        request = self.request()
        for key in request["TagKeys"]:
            self.stored(request["ResourceARN"]).tags.pop(key, None)
        return EmptyResult()

    def channel(self, arn: str) -> ActionResult:
        return ActionResult({"ChannelConfiguration": described(arn, self.stored(arn))})

    def stored(self, arn: str) -> Resource:
        if arn not in self.store:
            raise Refusal("ResourceNotFoundException", f"{arn} does not exist")
        return self.store[arn]


def described(arn: str, stored: Resource) -> dict[str, Any]:
    return {"ChatConfigurationArn": arn, **stored.settings, "Tags": listed(stored)}


def listed(stored: Resource) -> list[dict[str, str]]:
    return [{"TagKey": key, "TagValue": value} for key, value in stored.tags.items()]


def patch_service() -> None:
    SERVICES["chatbot"] = ChatbotResponse


def probe_service(clients: Clients) -> bool:
    chatbot = clients("chatbot")
    role = "arn:aws:iam::123456789012:role/probe"

    def works() -> bool:
        made = chatbot.create_slack_channel_configuration(
            SlackTeamId="T07EA123LEP", SlackChannelId="C07EZ1ABC23", IamRoleArn=role, ConfigurationName="probe"
        )["ChannelConfiguration"]
        arn = made["ChatConfigurationArn"]
        chatbot.update_slack_channel_configuration(
            ChatConfigurationArn=arn, SlackChannelId="C07EZ1ABC23", LoggingLevel="ERROR"
        )
        [found] = chatbot.describe_slack_channel_configurations(ChatConfigurationArn=arn)["SlackChannelConfigurations"]
        chatbot.delete_slack_channel_configuration(ChatConfigurationArn=arn)
        left = chatbot.describe_slack_channel_configurations()["SlackChannelConfigurations"]
        return (found["LoggingLevel"], found["IamRoleArn"], left) == ("ERROR", role, [])

    return unsupported(works)


GAPS = [
    Gap(
        service="chatbot",
        gap="There are no configurations of Slack channels.",
        page="https://docs.aws.amazon.com/chatbot/latest/APIReference/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
