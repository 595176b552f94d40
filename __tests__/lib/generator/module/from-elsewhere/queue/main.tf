data "aws_iam_policy_document" "this" {
  count = var.create && length(var.statements) > 0 ? 1 : 0

  dynamic "statement" {
    for_each = var.statements
    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = [aws_sqs_queue.this[0].arn]
      principals {
        type        = "AWS"
        identifiers = statement.value.roles
      }
    }
  }
}

resource "aws_sqs_queue" "this" {
  count = var.create ? 1 : 0

  name                       = var.name
  visibility_timeout_seconds = var.visibility_timeout_seconds
  sqs_managed_sse_enabled    = true
  redrive_policy             = length(var.redrive) > 0 ? jsonencode(var.redrive) : null
}

resource "aws_sqs_queue_policy" "this" {
  count = length(data.aws_iam_policy_document.this)

  queue_url = aws_sqs_queue.this[0].url
  policy    = data.aws_iam_policy_document.this[0].json
}

module "fifo" {
  source   = "./modules/fifo"
  for_each = var.fifo_queues

  name = each.value
}

module "topic" {
  source = "git::TOPIC?ref=v2.0.0"
  count  = var.topic_name == "" ? 0 : 1

  name = var.topic_name
}

moved {
  from = aws_sqs_queue.queue
  to   = aws_sqs_queue.this[0]
}
