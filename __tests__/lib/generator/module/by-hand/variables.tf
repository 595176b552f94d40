terraform {
  required_version = ">= 1.11.0"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.0"
      configuration_aliases = [aws.replica]
    }
  }
}

variable "groups" {
  type        = map(object({ ports = optional(list(number), [80, 443]), note = optional(string) }))
  description = "Groups by name, as in $${name}."
}

variable "on" {
  type        = bool
  description = "Whether."
  default     = true
  validation {
    condition     = var.on || length(var.groups) > 0
    error_message = "Got ${var.on}; allowed: true."
  }
}

variable "token" {
  type        = string
  sensitive   = true
  description = "Token."
}

variable "sizes" {
  type    = object({ small = optional(number, 3), large = optional(string) })
  default = {}
}

variable "ports" {
  type    = set(number)
  default = ["443", 80, 80]
}
