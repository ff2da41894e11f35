'use strict';

/*
 * Moves exported workflows from one package to another that has nodes of the same names: only the prefix of each node's type
 * changes. Credentials keep working, since their types have the same names in both packages.
 *
 *   node scripts/move-workflow.cjs workflow.json            writes workflow.moved.json
 *   node scripts/move-workflow.cjs --back workflow.json     moves it back
 */
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const BIG = 'n8n-nodes-whatsapp-gateways';

const USAGE = 'node scripts/move-workflow.cjs [--back] workflow.json …';

/** n8n's names of the nodes in a package.json: `chatalo` for dist/nodes/Chatalo/Chatalo.node.js. */
function nodeNames({ n8n }) {
	return n8n.nodes.map((file) => {
		const [, className] = /([^/]+)\.node\.js$/.exec(file);
		return className.charAt(0).toLowerCase() + className.slice(1);
	});
}

/**
 * The same workflow, whose nodes of these names come from another package.
 *
 * @returns it, and how many nodes have moved
 */
function moveWorkflow(workflow, names, from, to) {
	let moved = 0;
	const typeOf = (type) => {
		// An agent's tool has the name of its node and "Tool"; one that asks a person first, "HitlTool".
		const isOurs = names.some((name) => ['', 'Tool', 'HitlTool'].some((end) => type === `${from}.${name}${end}`));
		if (!isOurs) return type;
		moved += 1;
		return to + type.slice(from.length);
	};
	const nodes = workflow.nodes.map((node) => ({ ...node, type: typeOf(node.type) }));
	return { workflow: { ...workflow, nodes }, moved };
}

/** @throws Error that says what to do, if the file holds no exported workflow */
function readWorkflows(file) {
	let parsed;
	try {
		parsed = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') throw new Error(`${file} does not exist. Check the path.`);
		if (error.code !== undefined) throw new Error(`${file} cannot be read (${error.code}). Check the path.`);
		throw new Error(`${file} is not JSON. Export the workflow in the editor: open its menu and choose Download.`);
	}
	const isNode = (node) => typeof node?.type === 'string';
	const isWorkflow = (each) => Array.isArray(each?.nodes) && each.nodes.every(isNode);
	const all = Array.isArray(parsed) ? parsed : [parsed];
	if (all.length === 0 || !all.every(isWorkflow))
		throw new Error(
			`${file} is not an exported workflow: it has no list of nodes. Export it in the editor: open its menu and choose Download.`,
		);
	return { all, isList: Array.isArray(parsed) };
}

function main(args) {
	const { values, files } = readArguments(args);
	const manifest = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
	const [from, to] = values.back ? [manifest.name, BIG] : [BIG, manifest.name];
	for (const file of files) {
		const { all, isList } = readWorkflows(file);
		const results = all.map((each) => moveWorkflow(each, nodeNames(manifest), from, to));
		const count = results.reduce((sum, { moved }) => sum + moved, 0);
		if (count === 0) {
			console.error(`${file}: nothing to move. It has no node of ${from} that ${to} has as well.`);
			process.exitCode = 1;
			continue;
		}
		const target = file.replace(/(\.json)?$/i, '.moved.json');
		const workflows = results.map(({ workflow }) => workflow);
		writeFileSync(target, `${JSON.stringify(isList ? workflows : workflows[0], null, 2)}\n`);
		const nodes = `${count} ${count === 1 ? 'node' : 'nodes'}`;
		console.log(`${target}: ${nodes} moved to ${to}. Import this file in the editor.`);
		const left = new Set(workflows.flatMap((each) => each.nodes).map(({ type }) => type));
		for (const type of left) {
			if (type.startsWith(`${from}.`))
				console.log(`  ${type} stays: ${to} does not have it. Keep ${from} installed.`);
		}
	}
}

function readArguments(args) {
	const files = args.filter((arg) => !arg.startsWith('-'));
	const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--back');
	if (unknown !== undefined) throw new Error(`There is no option ${unknown}. Usage: ${USAGE}`);
	if (files.length === 0) throw new Error(`Name the exported workflow. Usage: ${USAGE}`);
	return { values: { back: args.includes('--back') }, files };
}

if (require.main === module) {
	try {
		main(process.argv.slice(2));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}

module.exports = { moveWorkflow, nodeNames };
