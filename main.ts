import { synthesize } from "./lib";

synthesize([]);
