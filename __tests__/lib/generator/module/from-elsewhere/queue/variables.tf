variable "create" {
  description = "Whether to create the queue."
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the queue."
  type        = string
}

variable "visibility_timeout_seconds" {
  type    = number
  default = null
}

variable "statements" {
  description = "Statements of the queue's policy."
  type = map(object({
    actions = optional(list(string), ["sqs:SendMessage"])
    sid     = optional(string)
    roles   = list(string)
  }))
  default = {}
}

variable "redrive" {
  description = "Redrive policy, as the provider takes it."
  type        = any
  default     = {}
}

variable "fifo_queues" {
  description = "Names of more queues, first in, first out."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "topic_name" {
  type    = string
  default = ""
}
