variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name                    = "${var.name}.fifo"
  fifo_queue              = true
  sqs_managed_sse_enabled = false
}

output "arn" {
  value = aws_sqs_queue.this.arn
}
