/** Settings of this project: docs/project.md. */
import type { ProjectSettings } from "./lib";

export const project = {
  levels: 3,
  waves: 10,
} satisfies ProjectSettings;
