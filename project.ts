/** Settings of this project: docs/project.md. */
import { z } from "zod";
import type { ProjectSettings } from "./lib";

export const project = {
  /** Class of the data in the stores of a root, for systems that classify it. */
  tags: { DataClass: z.literal("confidential").optional() },
  levels: 3,
  waves: 10,
} satisfies ProjectSettings;
