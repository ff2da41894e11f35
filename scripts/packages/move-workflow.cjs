'use strict';

/*
 * Moves exported workflows from one package to another that has nodes of the same names: only the prefix of each node's type
 * changes. Credentials keep working, since their types have the same names in both packages.
 *
 *   node scripts/move-workflow.cjs workflow.json                  writes workflow.moved.json
 *   node scripts/move-workflow.cjs --back workflow.moved.json     moves it back, and writes workflow.back.json
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
 * The same workflow, whose nodes of these names come from another package; those of workflows inside its nodes as well.
 *
 * @returns it; how many nodes have moved; the types of the old package that stay; and the names of nodes with a workflow
 *   inside that names the old package, and that cannot be read
 */
function moveWorkflow(workflow, names, from, to) {
	const found = { moved: 0, left: new Set(), unread: [] };
	const typeOf = (type) => {
		// An agent's tool has the name of its node and "Tool"; one that asks a person first, "HitlTool".
		const isOurs = names.some((name) => ['', 'Tool', 'HitlTool'].some((end) => type === `${from}.${name}${end}`));
		if (!isOurs) {
			if (type.startsWith(`${from}.`)) found.left.add(type);
			return type;
		}
		found.moved += 1;
		return to + type.slice(from.length);
	};
	const inside = (inner) => {
		const { workflow: moved, ...counts } = moveWorkflow(inner, names, from, to);
		found.moved += counts.moved;
		found.unread.push(...counts.unread);
		for (const type of counts.left) found.left.add(type);
		return moved;
	};
	const nodes = workflow.nodes.map((node) => {
		const type = typeOf(node.type);
		const written = node.parameters?.workflowJson;
		const embedded = embeddedIn(written);
		if (embedded) return { ...node, type, parameters: { ...node.parameters, workflowJson: embedded.map(inside) } };
		if (typeof written === 'string' && names.some((name) => written.includes(`${from}.${name}`)))
			found.unread.push(node.name);
		return { ...node, type };
	});
	return { workflow: { ...workflow, nodes }, ...found };
}

/**
 * A workflow inside a node, as Execute Workflow and Call n8n Workflow Tool may have it: as JSON, or in an expression that is
 * JSON all the same.
 *
 * @returns `map` changes it and writes it as it was written; undefined if there is none, or none that can be read
 */
function embeddedIn(written) {
	if (isWorkflow(written)) return { map: (change) => change(written) };
	if (typeof written !== 'string') return undefined;
	const [, mark, json] = /^(=?)(.*)$/s.exec(written);
	try {
		const workflow = JSON.parse(json);
		if (!isWorkflow(workflow)) return undefined;
		const indent = /^\s*\{\s*\n/.test(json) ? 2 : undefined;
		return {
			map: (change) => {
				const changed = change(workflow);
				const isSame = JSON.stringify(changed) === JSON.stringify(workflow);
				return isSame ? written : mark + JSON.stringify(changed, null, indent);
			},
		};
	} catch {
		return undefined;
	}
}

function isWorkflow(value) {
	return Array.isArray(value?.nodes) && value.nodes.every((node) => typeof node?.type === 'string');
}

/** A text file, as Windows programs write it as well: with a byte order mark, or in UTF-16 (PowerShell's `>`). */
function readText(file) {
	const bytes = readFileSync(file);
	// JSON begins with an ASCII character, whose second byte is 0 in UTF-16.
	const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || bytes[1] === 0;
	return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

/** @throws Error that says what to do, if the file holds no exported workflow */
function readWorkflows(file) {
	let parsed;
	try {
		parsed = JSON.parse(readText(file));
	} catch (error) {
		if (error.code === 'ENOENT') throw new Error(`${file} does not exist. Check the path.`);
		if (error.code !== undefined) throw new Error(`${file} cannot be read (${error.code}). Check the path.`);
		throw new Error(`${file} is not JSON. Export the workflow in the editor: open its menu and choose Download.`);
	}
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
		try {
			const target = values.back
				? file.replace(/(\.moved)?(\.json)?$/i, '.back.json')
				: file.replace(/(\.json)?$/i, '.moved.json');
			moveFile(file, { target, names: nodeNames(manifest), from, to });
		} catch (error) {
			fail(error);
		}
	}
}

/** @throws Error that says what to do, if there is nothing in the file to move */
function moveFile(file, { target, names, from, to }) {
	const { all, isList } = readWorkflows(file);
	const results = all.map((each) => moveWorkflow(each, names, from, to));
	const count = results.reduce((sum, { moved }) => sum + moved, 0);
	const unread = results.flatMap((each) => each.unread);
	if (count === 0 && unread.length === 0)
		throw new Error(`${file}: nothing to move. It has no node of ${from} that ${to} has as well.`);
	if (count > 0) {
		const workflows = results.map(({ workflow }) => workflow);
		writeFileSync(target, `${JSON.stringify(isList ? workflows : workflows[0], null, 2)}\n`);
		const nodes = `${count} ${count === 1 ? 'node' : 'nodes'}`;
		console.log(`${target}: ${nodes} moved to ${to}. Import this file in the editor.`);
	}
	for (const type of new Set(results.flatMap(({ left }) => [...left])))
		console.log(`  ${type} stays: ${to} does not have it. Keep ${from} installed.`);
	if (unread.length > 0)
		throw new Error(
			unread
				.map(
					(name) =>
						`${file}: the workflow inside the node "${name}" was not moved, because it is not plain JSON. In the editor, replace ${from} with ${to} there.`,
				)
				.join('\n'),
		);
}

function fail(error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
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
		fail(error);
	}
}

module.exports = { moveWorkflow, nodeNames };
