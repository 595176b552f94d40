# A comment, with "quotes".
locals {
  /* another */ suffix = "a$${b}-%%{c}-${var.on}"
  script              = <<-EOT
    #!/bin/sh
      echo "${var.on}" $${HOME} \back
  EOT
  answer              = "%{if var.on}yes%{else}no%{endif}"
  upper               = [for name, group in var.groups : upper(name) if length(group.ports) > 1]
  by_port             = { for name, group in var.groups : group.ports[0] => name... }
  mixed               = { (local.answer) = 1, plain = "a\n\"b\"\t\u00e9", "$${q}" = null, n = -1.5 }
  nested              = [{ a = { b = [1, "x${var.on}y", true] } }]
}

resource "aws_security_group" "this" {
  for_each    = var.groups
  name        = "${each.key}-${local.answer}"
  description = "Of ${each.key} ${length(local.script)}"

  tags = { Name = local.suffix, Script = local.script, Mixed = jsonencode(local.mixed) }
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["Later"], description]
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = var.groups
  bucket   = each.key

  rule {
    id     = "first"
    status = "Enabled"
    filter {
      prefix = "a/"
    }
    expiration {
      days = 1
    }
  }
  rule {
    id     = "second"
    status = "Disabled"
    filter {
      and {
        prefix = "b/"
        tags   = { of = local.suffix }
      }
    }
    dynamic "transition" {
      for_each = toset(["GLACIER"])
      content {
        days          = 30
        storage_class = transition.key
      }
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "dynamic" {
  for_each = var.groups
  bucket   = each.key

  dynamic "rule" {
    for_each = each.value.ports
    iterator = port
    content {
      id     = "port-${port.value}"
      status = "Enabled"
      filter {}
      dynamic "noncurrent_version_expiration" {
        for_each = port.value > 80 ? [port.value + 1] : []
        content {
          noncurrent_days = noncurrent_version_expiration.value
        }
      }
    }
  }
  dynamic "rule" {
    for_each = var.on ? ["a"] : []
    content {
      id     = "another-${rule.value}"
      status = "Enabled"
      filter {}
      expiration {
        days = 9
      }
    }
  }
}

resource "aws_sns_topic" "this" {
  count        = var.on ? 2 : 0
  provider     = aws.replica
  name         = "topic-${count.index}-${join("-", local.upper)}"
  display_name = jsonencode([local.by_port, local.nested])
  depends_on   = [aws_security_group.this]
}
