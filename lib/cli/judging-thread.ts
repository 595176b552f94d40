/** A thread that judges roots: see clean-roots.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { Configurations, readTree } from "../judgement/configuration";
import { type SharedTask, summariesOfClean } from "./clean-roots";

const task: SharedTask = workerData;
parentPort?.postMessage(summariesOfClean(new Configurations(readTree(task.folder)), task));
