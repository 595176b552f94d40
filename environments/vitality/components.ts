/** Components of an environment, in the order of their applies: each reads only what earlier ones publish. */
import type { Component } from "../common/system-root";

export const COMPONENTS = {
  network: { name: "network", wavesAfter: 0 },
  database: { name: "database", wavesAfter: 1 },
  registry: { name: "registry", wavesAfter: 1 },
  api: { name: "api", wavesAfter: 2 },
  frontend: { name: "frontend", wavesAfter: 3 },
  observability: { name: "observability", wavesAfter: 4 },
} as const satisfies Record<string, Component>;

export type ComponentName = keyof typeof COMPONENTS;
