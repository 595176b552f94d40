/** A thread that judges and compares roots: see root-threads.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { Configurations, readTree } from "../judgement/configuration";
import { type SharedTask, takeRoots } from "./root-threads";

const task: SharedTask = workerData;
parentPort?.postMessage(takeRoots(new Configurations(readTree(task.folder)), task));
