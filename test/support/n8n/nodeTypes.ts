import type { INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers, UserError } from 'n8n-workflow';

import { baseNodes } from './baseNodes';

type AnyNodeType = INodeType | IVersionedNodeType;

/** A node as a test hands it in: the class itself or an instance of it. */
export type NodeSource = AnyNodeType | (new () => AnyNodeType);

/** What is used of n8n's DirectoryLoader when whole packages are loaded from disk. */
export interface PackageLoader {
	packageName: string;
	getNode(nodeType: string): { type: AnyNodeType };
}

/** Node types as n8n's engine asks for them. Short names and package names both find a node. */
export class NodeTypeRegistry implements INodeTypes {
	private readonly known = new Map<string, AnyNodeType>();

	constructor(
		private readonly nodes: Record<string, NodeSource>,
		private readonly loader?: PackageLoader,
	) {
		this.reload();
	}

	/** Makes new instances of nodes given as classes, as a restart of n8n does. */
	reload(): void {
		for (const [name, node] of Object.entries({ ...baseNodes, ...this.nodes })) {
			this.known.set(name, typeof node === 'function' ? new node() : node);
		}
	}

	getByName(nodeType: string): AnyNodeType {
		const shortName = nodeType.slice(nodeType.lastIndexOf('.') + 1);
		const node = this.known.get(nodeType) ?? this.fromLoader(nodeType, shortName);
		// Shipped workflows say `<package>.<node>`; tests register a class under the short name.
		const found = node ?? this.known.get(shortName);
		if (found === undefined) throw new UserError(`Unknown node type: ${nodeType}`);
		return found;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes() {
		return Object.fromEntries([...this.known.keys()].map((name) => [name, {}]));
	}

	private fromLoader(nodeType: string, shortName: string): AnyNodeType | undefined {
		if (this.loader === undefined || !nodeType.startsWith(`${this.loader.packageName}.`)) return undefined;
		return this.loader.getNode(shortName).type;
	}
}
