'use strict';

/*
 * Moves exported workflows from one package to another that has nodes of the same names: only the prefix of each node's type
 * changes. Credentials keep working, since their types have the same names in both packages.
 *
 *   node scripts/move-workflow.cjs workflow.json            writes workflow.moved.json
 *   node scripts/move-workflow.cjs --back workflow.json     moves it back
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { n8n, name } = require('../package.json');

const BIG = 'n8n-nodes-whatsapp-gateways';

/** The nodes of this package by n8n's names: `chatalo` for dist/nodes/Chatalo/Chatalo.node.js. */
const nodes = n8n.nodes.map((file) => {
	const [, className] = /([^/]+)\.node\.js$/.exec(file);
	return className.charAt(0).toLowerCase() + className.slice(1);
});

/** The same workflow, whose nodes of this package come from another; and how many they are. */
function move(workflow, from, to) {
	let moved = 0;
	const typeOf = (type) => {
		// An agent's tool has the name of its node and "Tool".
		const node = nodes.find((each) => [`${from}.${each}`, `${from}.${each}Tool`].includes(type));
		if (node === undefined) return type;
		moved += 1;
		return to + type.slice(from.length);
	};
	return {
		workflow: { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, type: typeOf(node.type) })) },
		moved: () => moved,
	};
}

function main(args) {
	const isBack = args.includes('--back');
	const files = args.filter((arg) => !arg.startsWith('--'));
	if (files.length === 0) throw new Error('Name the exported workflow: node scripts/move-workflow.cjs workflow.json');
	for (const file of files) {
		const parsed = JSON.parse(readFileSync(file, 'utf8'));
		const all = Array.isArray(parsed) ? parsed : [parsed];
		if (!all.every((each) => Array.isArray(each?.nodes))) {
			throw new Error(
				`${file} is not an exported workflow: it has no list of nodes. Export it in the editor with Download.`,
			);
		}
		const moved = all.map((each) => (isBack ? move(each, name, BIG) : move(each, BIG, name)));
		const target = file.replace(/(\.json)?$/, '.moved.json');
		const workflows = moved.map(({ workflow }) => workflow);
		writeFileSync(target, JSON.stringify(Array.isArray(parsed) ? workflows : workflows[0], null, 2) + '\n');
		const count = moved.reduce((sum, each) => sum + each.moved(), 0);
		console.log(`${target}: ${count} ${count === 1 ? 'node' : 'nodes'} moved to ${isBack ? BIG : name}`);
	}
}

try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
