/** A thread that plays a share of the traces and tells what came out. */
import { parentPort, workerData } from 'node:worker_threads';
import { playShare, type Share } from './clocks.ts';

playShare(workerData as Share, (batch) => parentPort!.postMessage(batch));
