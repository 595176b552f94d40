output "queue_arn" {
  description = "ARN of the queue."
  value       = try(aws_sqs_queue.this[0].arn, null)
}

output "fifo_arns" {
  description = "ARNs of the other queues, by name."
  value       = { for name, queue in module.fifo : name => queue.arn }
}

output "topic_arns" {
  description = "ARN of the topic, if there is one."
  value       = module.topic[*].arn
}
