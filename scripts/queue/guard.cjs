/*
 * Runs a program that knows nothing of us, as another user where asked to, and ends it when the process that started this is gone.
 * usage: node guard.cjs <user id or -> <group id or -> <command> [arguments]
 */
'use strict';

require('../n8n/leash.cjs');
const { spawn } = require('node:child_process');

const [uid, gid, command, ...args] = process.argv.slice(2);
const user = uid === '-' ? {} : { uid: Number(uid), gid: Number(gid) };
const child = spawn(command, args, { stdio: 'inherit', ...user });

// PostgreSQL takes SIGTERM for "when the last client has left", and SIGINT for "now, in order"; Redis takes both for the latter.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill('SIGINT'));
child.on('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
