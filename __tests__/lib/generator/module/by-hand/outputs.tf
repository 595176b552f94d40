output "names" {
  description = "Names, $${escaped}."
  value       = { for key, group in aws_security_group.this : key => group.name }
  depends_on  = [aws_sns_topic.this]
}
