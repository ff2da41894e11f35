/*
 * Loaded into n8n before n8n itself: ends it when the process that started it is gone, however that one ended.
 * n8n leads a process group of its own (so that Ctrl-C does not reach it past us), hence nothing else would end it.
 */
'use strict';

const parent = process.ppid;
const watch = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(watch);
	process.kill(process.pid, 'SIGTERM');
	// n8n waits for running executions; nobody is there any more to wait for.
	setTimeout(() => process.kill(process.pid, 'SIGKILL'), 15_000).unref();
}, 1_000);
watch.unref();
